import { test } from "vitest";
import type { Adapter } from "../adapter/adapter.ts";
import { col } from "../model/col.ts";
import { createSchema } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { createDatabase } from "../runtime/create-database.ts";
import { expectRows } from "./expect-rows.fixture.ts";

interface Meta {
  city: string;
  author?: { name: string; born?: number; address: { zip: string | null } | null };
  kind: "a" | "b";
  draft: boolean;
  tags: string[];
  at: Date;
  either: string | { name: string };
}
const Post = defineModel("posts", {
  columns: { id: col.increment(), title: col.string(), meta: col.json<Meta>(), any: col.json(), at: col.datetime() },
});
const Tag = defineModel("tags", { columns: { id: col.increment(), label: col.string() } });
declare const adapter: Adapter<never>;
const db = createDatabase(createSchema({ posts: Post, tags: Tag }), adapter);
const posts = db.from(Post);

test("a path compares with what stands there", async () => {
  const query = posts
    .where("meta.city", "Rome")
    .where("meta.author.name", "!=", "Ann")
    .orWhere("meta.author.born", ">", 1990)
    .whereNot("meta.draft", true)
    .orWhereNot("meta.kind", "a")
    .where("meta.author.address.zip", "00100")
    .where("meta.author", null)
    .where("meta.city", null)
    .where((q) => q.where("meta.kind", "b").orWhere("any.what.ever", 5));
  expectRows((await query.one())?.id).toEqualTypeOf<number | undefined>();
  posts.join(Tag, "posts.id", "tags.id").where("tags.label", "a").where("meta.city", "Rome");
});

test("unknown paths and other values are refused", () => {
  // @ts-expect-error -- no such field
  posts.where("meta.town", "Rome");
  // @ts-expect-error -- no such field below
  posts.where("meta.author.nope", "Ann");
  // @ts-expect-error -- a text has no fields
  posts.where("meta.city.length", 4);
  // @ts-expect-error -- not even null
  posts.where("meta.town", null);
  // @ts-expect-error -- a city is a text
  posts.where("meta.city", 5);
  // @ts-expect-error -- no such label
  posts.where("meta.kind", "c");
  // @ts-expect-error -- a document is no scalar
  posts.where("meta.author", "Ann");
  // @ts-expect-error -- lists have no fields
  posts.where("meta.tags.length", 1);
  // @ts-expect-error -- a text column has none
  posts.where("title.length", 1);
  // @ts-expect-error -- an instant has none
  posts.where("at.getTime", 1);
  // @ts-expect-error -- no such column
  posts.where("nope.city", "Rome");
  // @ts-expect-error -- scalars are compared, not matched
  posts.where("meta.city", "like", "R%");
  // @ts-expect-error -- nothing to compare with
  posts.where("meta.city", undefined);
});
