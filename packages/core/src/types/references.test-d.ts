import { test } from "vitest";
import type { Adapter } from "../adapter/adapter.ts";
import { col } from "../model/col.ts";
import { createSchema } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { defineRelations } from "../model/define-relations.ts";
import { createDatabase } from "../runtime/create-database.ts";
import { expectRows } from "./expect-rows.fixture.ts";
import type { Row } from "./row.ts";

const Post = defineModel("posts", {
  columns: {
    id: col.increment(),
    title: col.string({ nullable: false }),
    tagIds: col.array(col.integer(), { nullable: false }),
  },
});
const Tag = defineModel("tags", { columns: { id: col.increment(), label: col.string({ nullable: false }) } });
const schema = createSchema(
  { posts: Post, tags: Tag },
  {
    posts: defineRelations(Post, ({ manyToMany }) => ({
      tags: manyToMany(Tag, { references: "tagIds" }),
      labels: manyToMany(Tag, { references: "tagIds", targetKey: "label" }),
    })),
  },
);
declare const adapter: Adapter<never>;
const db = createDatabase(schema, adapter);

test("a list of references is one of the model's columns", () => {
  defineRelations(Post, ({ manyToMany }) => {
    // @ts-expect-error -- no such column
    manyToMany(Tag, { references: "nope" });
    // @ts-expect-error -- the target has no such column
    manyToMany(Tag, { references: "tagIds", targetKey: "nope" });
    // @ts-expect-error -- a list, or a model between
    manyToMany(Tag, { references: "tagIds", through: Post, leftForeignKey: "id", rightForeignKey: "id" });
    // @ts-expect-error -- neither
    manyToMany(Tag, {});
    return {};
  });
});

test("it loads and filters like any relation to many", async () => {
  const [post] = await db
    .from(Post)
    .load("tags")
    .whereHas("tags", (tag) => tag.where("label", "a"))
    .many();
  expectRows(post!.tags).toEqualTypeOf<Row<typeof Tag>[]>();
  expectRows(await db.from(Post).select("title").withCount("tags").one()).toEqualTypeOf<{
    title: string;
    tagsCount: number;
  } | null>();
});

test("keys are attached, and no pivot is there to hold more", async () => {
  const post = await db.from(Post).findOrFail(1);
  const tag = await db.from(Tag).findOrFail(1);
  const tags = db.related(post, "tags");
  expectRows(await tags.many()).toEqualTypeOf<Row<typeof Tag>[]>();
  expectRows(await tags.attach([1, tag])).toEqualTypeOf<number>();
  expectRows(await tags.detach()).toEqualTypeOf<number>();
  expectRows((await tags.sync([1])).attached).toEqualTypeOf<
    readonly (string | number | bigint | Date | Readonly<Record<string, unknown>>)[]
  >();
  expectRows(await tags.insert({ label: "a" })).toEqualTypeOf<Row<typeof Tag>>();
  // @ts-expect-error -- no pivot
  void tags.attach(1, { note: "x" });
  // @ts-expect-error -- no pivot
  void tags.updatePivot(1, {});
  // @ts-expect-error -- many rows are not associated
  void tags.associate(1);
});

test("an insert takes the rows in place of the list", async () => {
  const post = await db.from(Post).insert({ title: "t", tags: [{ label: "a" }] });
  expectRows(post.tags).toEqualTypeOf<Row<typeof Tag>[]>();
  const tag = await db.from(Tag).findOrFail(1);
  await db.from(Post).insert({ title: "t", tags: [tag, { label: "b" }] });
  // @ts-expect-error -- no such column
  void db.from(Post).insert({ title: "t", tags: [{ nope: "a" }] });
  // @ts-expect-error -- no pivot
  void db.from(Post).insert({ title: "t", tags: [{ label: "a", pivot: { note: "x" } }] });
});
