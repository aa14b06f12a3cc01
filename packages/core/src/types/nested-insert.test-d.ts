import { test } from "vitest";
import { expectRows } from "./expect-rows.fixture.ts";
import type { Row } from "./row.ts";
import { type Comment, db, Post, type Role, User } from "./shop.fixture.ts";

type UserRow = Row<typeof User>;
type PostRow = Row<typeof Post>;

test("an insert takes the rows around it and gives them back", async () => {
  const user = await db.from(User).insert({
    name: "Ann",
    email: "ann@example.com",
    profile: { city: "Rome" },
    posts: [{ title: "One", comments: [{ body: "first" }] }],
    roles: [{ title: "admin", pivot: { level: 2 } }],
  });
  expectRows(user.profile.city).toEqualTypeOf<string | null>();
  expectRows(user.name).toEqualTypeOf<string>();
  expectRows(user.posts[0]!.title).toEqualTypeOf<string>();
  expectRows(user.posts[0]!.comments[0]!.body).toEqualTypeOf<string>();
  expectRows(user.roles[0]!).toEqualTypeOf<Row<typeof Role>>();
  const post = await db.from(Post).insert({ title: "t", author: { name: "Bob", email: "bob@example.com" } });
  expectRows(post.author).toEqualTypeOf<UserRow>();
  expectRows(post.userId).toEqualTypeOf<number>();
  const bob = await db.from(User).findOrFail(1);
  expectRows((await db.from(Post).insert({ title: "t", author: bob })).author).toEqualTypeOf<UserRow>();
  const many = await db.from(User).insertMany([{ name: "a", email: "b", posts: [{ title: "t" }] }]);
  expectRows(many[0]!.posts).toEqualTypeOf<PostRow[]>();
  expectRows((await db.related(bob, "posts").insert({ title: "t", comments: [{ body: "b" }] })).comments).toEqualTypeOf<
    Row<typeof Comment>[]
  >();
  expectRows(await db.from(User).insert({ name: "a", email: "b" })).toEqualTypeOf<UserRow>();
});

test("wrong data is refused at every level", () => {
  // @ts-expect-error -- no such column
  void db.from(User).insert({ name: "a", email: "b", nope: 1 });
  // @ts-expect-error -- no such column beside nested rows
  void db.from(User).insert({ name: "a", email: "b", posts: [], nope: 1 });
  // @ts-expect-error -- the title is required below
  void db.from(User).insert({ name: "a", email: "b", posts: [{ views: 1 }] });
  // @ts-expect-error -- no such column below
  void db.from(User).insert({ name: "a", email: "b", posts: [{ title: "t", nope: 1 }] });
  // @ts-expect-error -- a list of rows
  void db.from(User).insert({ name: "a", email: "b", posts: { title: "t" } });
  // @ts-expect-error -- one row
  void db.from(User).insert({ name: "a", email: "b", profile: [{ city: "c" }] });
  // @ts-expect-error -- the name is required beside nested rows
  void db.from(User).insert({ email: "b", posts: [{ title: "t" }] });
  // @ts-expect-error -- no such pivot column
  void db.from(User).insert({ name: "a", email: "b", roles: [{ title: "t", pivot: { nope: 1 } }] });
  // @ts-expect-error -- a deeper level is checked too
  void db.from(User).insert({ name: "a", email: "b", posts: [{ title: "t", comments: [{ text: "x" }] }] });
});
