import { expectTypeOf, test } from "vitest";
import { expectRows } from "./expect-rows.fixture.ts";
import type { Row } from "./row.ts";
import { type Comment, db, Post, User } from "./shop.fixture.ts";

type PostRow = Row<typeof Post>;

test("a row loads its relations", async () => {
  const user = await db.from(User).select("id").findOrFail(1);
  expectRows(await user.$load("posts")).toEqualTypeOf<{ id: number; posts: PostRow[] }>();
  expectRows(await user.$load("posts", (q) => q.select("title"))).toEqualTypeOf<{
    id: number;
    posts: { title: string }[];
  }>();
  expectRows(await user.$load("posts", (q) => void q.limit(1))).toEqualTypeOf<{ id: number; posts: PostRow[] }>();
  expectRows((await user.$load({ posts: { comments: true } })).posts[0]!.comments).toEqualTypeOf<
    Row<typeof Comment>[]
  >();
  const several = await user.$loadMissing("posts", "profile");
  expectRows(several.posts).toEqualTypeOf<PostRow[]>();
  expectRows(several.profile?.city).toEqualTypeOf<string | null | undefined>();
  const [post] = several.posts;
  if (post !== undefined) expectRows((await post.$load("comments")).comments).toEqualTypeOf<Row<typeof Comment>[]>();
  const stored = await db.from(Post).insert({ userId: 1, title: "t" });
  expectRows((await stored.$load("author")).author).toEqualTypeOf<Row<typeof User>>();
  // @ts-expect-error -- no such relation
  void user.$load("nope");
  // @ts-expect-error -- a column is no relation
  void user.$loadMissing("name");
  // @ts-expect-error -- no such relation below
  void user.$load({ posts: { nope: true } });
  // @ts-expect-error -- no such column of the target
  void user.$load("posts", (q) => q.select("nope"));
});

test("a list of rows loads its relations", async () => {
  const users = await db.from(User).select("id").many();
  expectRows(await db.loadInto(users, "posts")).toEqualTypeOf<{ id: number; posts: PostRow[] }[]>();
  expectRows(await db.loadInto(users, "posts", (q) => q.select("id"))).toEqualTypeOf<
    { id: number; posts: { id: number }[] }[]
  >();
  expectRows((await db.loadInto(users, { posts: { author: true } }))[0]!.posts[0]!.author).toEqualTypeOf<
    Row<typeof User>
  >();
  await db.transaction((tx) => tx.loadInto(users, "posts", "profile"));
  // @ts-expect-error -- no such relation
  void db.loadInto(users, "nope");
  // @ts-expect-error -- plain rows do not tell their model
  void db.loadInto([{ id: 1 }], "posts");
});

test("rows are data to everything else", async () => {
  const user = await db.from(User).select("id", "name").findOrFail(1);
  expectTypeOf(
    await db
      .from(User)
      .select("id")
      .load("posts", (q) => q.select("title"))
      .plain(),
  ).toEqualTypeOf<{ id: number; posts: { title: string }[] }[]>();
  const data: { id: number } = user;
  void data;
  const [plain] = await db.from(User).plain();
  // @ts-expect-error -- plain rows have no methods
  void plain?.$load("posts");
});
