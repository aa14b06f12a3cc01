import { col, createDatabase, createSchema, defineModel, type Update } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { test } from "vitest";
import type { MongodbAdapter } from "./adapter.ts";
import { addToSet, inc, pull, push } from "./column-changes.ts";

const Post = defineModel("posts", {
  columns: {
    id: col.objectId({ primaryKey: true }),
    title: col.string(),
    tags: col.array(col.string(), { nullable: false }),
    moods: col.array(col.enum(["calm", "loud"])),
    views: col.integer(),
    big: col.bigInteger({ mode: "bigint" }),
    price: col.decimal({ mode: "string" }),
    parts: col.json<{ name: string; sizes: number[] }[]>(),
    meta: col.json<{ city: string }>(),
    any: col.json(),
    at: col.datetime(),
    file: col.binary(),
  },
});
const schema = createSchema({ posts: Post });
declare const adapter: MongodbAdapter;
declare const another: Adapter;
const db = createDatabase(schema, adapter);
const posts = db.from(Post).where("title", "a");

test("lists and numbers are changed in place", async () => {
  await posts.update({ tags: push("a", "b"), views: inc(), title: "New" });
  await posts.update({ tags: addToSet("a"), moods: pull("calm"), big: inc(1n) });
  await posts.update({ moods: push("calm", "loud"), parts: push({ name: "a", sizes: [1] }) });
  await posts.update({ any: push(1) });
  await posts.returning("tags").update({ tags: push("a") });
  await db.transaction((tx) =>
    tx
      .from(Post)
      .where("views", 1)
      .update({ views: inc(-1) }),
  );
  const plain: Update<typeof Post> = { views: 1, tags: ["a"] };
  await posts.update(plain);
});

test("a change fits its column", () => {
  // @ts-expect-error -- a number has no entries
  void posts.update({ views: push(1) });
  // @ts-expect-error -- a list is no number
  void posts.update({ tags: inc(1) });
  // @ts-expect-error -- entries are texts
  void posts.update({ tags: push(1) });
  // @ts-expect-error -- no such label
  void posts.update({ moods: push("wild") });
  // @ts-expect-error -- entries have a name
  void posts.update({ parts: push({ sizes: [1] }) });
  // @ts-expect-error -- a document is no list
  void posts.update({ meta: push({ city: "Rome" }) });
  // @ts-expect-error -- an exact text is no number to the compiler
  void posts.update({ price: inc(1) });
  // @ts-expect-error -- an instant
  void posts.update({ at: inc(1) });
  // @ts-expect-error -- bytes
  void posts.update({ file: push(1) });
  // @ts-expect-error -- a text
  void posts.update({ title: push("a") });
  // @ts-expect-error -- a text is no number to add
  inc("1");
});

test("a change is for updates, and for documents", () => {
  // @ts-expect-error -- nothing is there to add to
  void db.from(Post).insert({ tags: push("a") });
  // @ts-expect-error -- a filter compares values
  posts.where("tags", push("a"));
  const anywhere = createDatabase(schema, another).from(Post).where("title", "a");
  // @ts-expect-error -- an engine of any kind may have no such change
  void anywhere.update({ tags: push("a") });
  // @ts-expect-error -- an engine of any kind may have no such change
  void anywhere.update({ views: inc(1) });
});
