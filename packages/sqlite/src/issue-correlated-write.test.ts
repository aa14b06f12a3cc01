import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const schema = createSchema({
  users: defineModel("users", { columns: { id: col.increment(), visits: col.integer({ nullable: false }) } }),
  posts: defineModel("posts", { columns: { id: col.increment(), userId: col.integer() } }),
});

test("the filter of a write may hold a query that names its table", async () => {
  await using db = createDatabase(schema, sqlite({ filename: ":memory:" }));
  await push(db);
  await db.from(schema.users).insertMany([{ visits: 0 }, { visits: 0 }, { visits: 0 }]);
  await db.from(schema.posts).insertMany([{ userId: 1 }, { userId: 3 }, { userId: null }]);
  const users = db.from(schema.users).orderBy("id");
  const own = db.from(schema.posts).whereColumn("userId", "users.id");
  expect(await db.from(schema.users).whereExists(own).update({ visits: 1 })).toBe(2);
  expect(await db.from(schema.users).whereExists(own).increment("visits", 1)).toBe(2);
  expect(await users.pluck("visits")).toEqual([2, 0, 2]);
  expect(await db.from(schema.users).whereNotExists(own).delete()).toBe(1);
  expect(await users.pluck("id")).toEqual([1, 3]);
});
