import { test } from "vitest";
import { expectRows } from "./expect-rows.fixture.ts";
import type { Row } from "./row.ts";
import { type Comment, db, Post, Role, User } from "./shop.fixture.ts";

type PostRow = Row<typeof Post>;

test("a query of related rows is one on their model", async () => {
  const user = await db.from(User).select("id").findOrFail(1);
  const posts = db.related(user, "posts");
  expectRows(await posts.many()).toEqualTypeOf<PostRow[]>();
  expectRows(await posts.where("views", ">", 1).select("title").load("comments").one()).toEqualTypeOf<{
    title: string;
    comments: Row<typeof Comment>[];
  } | null>();
  expectRows(await posts.count()).toEqualTypeOf<number>();
  // @ts-expect-error -- no such relation
  db.related(user, "nope");
  // @ts-expect-error -- a column is no relation
  db.related(user, "name");
  // @ts-expect-error -- a plain object does not tell its model
  db.related({ id: 1 }, "posts");
  // @ts-expect-error -- no such column of the target
  posts.where("nope", 1);
});

test("inserts leave the key out", async () => {
  const user = await db.from(User).findOrFail(1);
  expectRows(await db.related(user, "posts").insert({ title: "t" })).toEqualTypeOf<PostRow>();
  expectRows(
    await db
      .related(user, "posts")
      .where("views", 1)
      .insertMany([{ title: "t", userId: 1 }]),
  ).toEqualTypeOf<PostRow[]>();
  // @ts-expect-error -- the title is required all the same
  void db.related(user, "posts").insert({ views: 1 });
  // @ts-expect-error -- no such column
  void db.related(user, "posts").insert({ title: "t", nope: 1 });
  // @ts-expect-error -- rows that point at this one are not attached
  void db.related(user, "posts").attach(1);
});

test("pivots are typed by their model", async () => {
  const user = await db.from(User).findOrFail(1);
  const role = await db.from(Role).findOrFail("a");
  const roles = db.related(user, "roles");
  expectRows(await roles.many()).toEqualTypeOf<{ id: string; title: string }[]>();
  expectRows(await roles.attach([role, "b"], { level: 2 })).toEqualTypeOf<number>();
  await roles.sync(["a", { id: "b", pivot: { level: 3 } }]);
  await roles.toggle("a");
  await roles.updatePivot("a", { assignedAt: null });
  await roles.insert({ title: "t" }, { pivot: { level: 1 } });
  // @ts-expect-error -- no such pivot column
  void roles.attach("a", { nope: 1 });
  // @ts-expect-error -- a level is a number
  void roles.updatePivot("a", { level: "high" });
  // @ts-expect-error -- a pivot is not associated
  void roles.associate("a");
});

test("a row that holds the key is associated", async () => {
  const post = await db.from(Post).findOrFail(1);
  const user = await db.from(User).findOrFail(1);
  expectRows(await db.related(post, "author").oneOrFail()).toEqualTypeOf<Row<typeof User>>();
  await db.related(post, "author").associate(user);
  await db.related(post, "editor").associate(2);
  await db.related(post, "editor").dissociate();
  // @ts-expect-error -- nothing to attach to
  void db.related(post, "author").attach(1);
});
