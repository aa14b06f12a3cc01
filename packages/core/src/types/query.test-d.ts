import { expectTypeOf, test } from "vitest";
import { raw } from "../model/raw.ts";
import type { ModelQuery, RowsOf } from "../index.ts";
import type { PlainOf } from "./record.ts";
import type { Insert, Row } from "./row.ts";
import { expectRows } from "./expect-rows.fixture.ts";
import { Comment, db, Member, Post, RoleUser, schema, User } from "./shop.fixture.ts";

type UserRow = Row<typeof User>;
type PostRow = Row<typeof Post>;
type CommentRow = Row<typeof Comment>;

test("a query gives rows of its model", async () => {
  expectRows(await db.from(schema.users).many()).toEqualTypeOf<UserRow[]>();
  expectRows(await db.from(User).one()).toEqualTypeOf<UserRow | null>();
  expectRows(await db.from(User).oneOrFail()).toEqualTypeOf<UserRow>();
  expectRows(await db.from(User).sole()).toEqualTypeOf<UserRow>();
  expectRows(await db.from(User).find(1)).toEqualTypeOf<UserRow | null>();
  expectRows(await db.from(RoleUser).findMany([[1, "a"]])).toEqualTypeOf<Row<typeof RoleUser>[]>();
  expectRows(await db.from(User).exists()).toEqualTypeOf<boolean>();
  expectRows(await db.from(User).count()).toEqualTypeOf<number>();
  expectTypeOf<UserRow["settings"]>().toEqualTypeOf<{ theme: "light" | "dark" } | null>();
  expectTypeOf<UserRow["createdAt"]>().toEqualTypeOf<Date>();
  // @ts-expect-error -- a class that is no model
  db.from(Date);
  // @ts-expect-error -- models are references, never names
  db.from("users");
  // @ts-expect-error -- a null row has no columns
  void (await db.from(User).one()).name;
});

test("select narrows", async () => {
  expectRows(await db.from(User).select("id", "name").many()).toEqualTypeOf<{ id: number; name: string }[]>();
  expectRows(await db.from(User).select("status").oneOrFail()).toEqualTypeOf<{ status: "active" | "blocked" }>();
  expectRows(await db.from(User).select({ total: "balance", who: "name" }).many()).toEqualTypeOf<
    { total: string | null; who: string }[]
  >();
  expectRows(await db.from(User).select("id").selectRaw<{ n: number }>("1 as n").many()).toEqualTypeOf<
    { id: number; n: number }[]
  >();
  expectRows(await db.from(Post).selectRaw<{ n: number }>("count(*) as n").groupBy("userId").many()).toEqualTypeOf<
    { n: number }[]
  >();
  expectRows(await db.from(Post).select("userId").selectCount("many").selectMax("views", "most").many()).toEqualTypeOf<
    { userId: number; many: number; most: number | null }[]
  >();
  expectRows(await db.from(Post).selectSum("price", "sum").selectAvg("price", "mean").many()).toEqualTypeOf<
    { sum: string | null; mean: string | null }[]
  >();
  const [row] = await db.from(User).select("id").many();
  // @ts-expect-error -- not selected
  void row?.name;
  // @ts-expect-error -- no such column
  db.from(User).select("nope");
  // @ts-expect-error -- one of several is wrong
  db.from(User).select("id", "nope");
  // @ts-expect-error -- no such column behind the alias
  db.from(User).select({ total: "nope" });
  // @ts-expect-error -- a database name is no property
  db.from(User).select("created_at");
  // @ts-expect-error -- no such column to add up
  db.from(Post).selectSum("nope", "sum");
});

test("order, groups and pages", async () => {
  db.from(User).orderBy("name").orderBy("createdAt", "desc", { nulls: "last" }).distinctOn("name");
  db.from(User).withCount("posts").orderBy("postsCount", "desc").having("postsCount", ">", 3);
  expectRows((await db.from(User).select("id").paginate({ page: 1 })).data).toEqualTypeOf<{ id: number }[]>();
  expectRows((await db.from(User).cursorPaginate()).meta.nextCursor).toEqualTypeOf<string | null>();
  // @ts-expect-error -- no such column
  db.from(User).orderBy("nope");
  // @ts-expect-error -- no such direction
  db.from(User).orderBy("name", "up");
  // @ts-expect-error -- no such place for nulls
  db.from(User).orderBy("name", "asc", { nulls: "middle" });
  // @ts-expect-error -- no such column
  db.from(User).groupBy("nope");
  // @ts-expect-error -- nothing of that name was computed
  db.from(User).having("postsCount", ">", 3);
  // @ts-expect-error -- a number
  db.from(User).limit("10");
  // @ts-expect-error -- no such option
  db.from(User).lockForUpdate({ skip: true });
  // @ts-expect-error -- without a count there is no total
  void (await db.from(User).simplePaginate()).meta.total;
});

test("aggregates and columns", async () => {
  expectRows(await db.from(Post).sum("views")).toEqualTypeOf<number | null>();
  expectRows(await db.from(Post).sum("price")).toEqualTypeOf<string | null>();
  expectRows(await db.from(User).max("visits")).toEqualTypeOf<number | bigint | null>();
  expectRows(await db.from(User).min("createdAt")).toEqualTypeOf<Date | null>();
  expectRows(await db.from(Post).avg("views")).toEqualTypeOf<number | null>();
  expectRows(await db.from(User).pluck("bio")).toEqualTypeOf<(string | null)[]>();
  expectRows(await db.from(User).value("id")).toEqualTypeOf<number | null>();
  // @ts-expect-error -- no such column
  await db.from(Post).sum("nope");
  // @ts-expect-error -- no such column
  await db.from(Post).pluck("nope");
  // @ts-expect-error -- no such column
  await db.from(Post).count("nope");
});

test("load adds relations by their cardinality", async () => {
  const user = await db.from(schema.users).load("posts", "profile", "roles").oneOrFail();
  expectRows(user.posts).toEqualTypeOf<PostRow[]>();
  expectRows(user.profile).toEqualTypeOf<{ id: number; userId: number; city: string | null } | null>();
  expectRows(user.roles).toEqualTypeOf<{ id: string; title: string }[]>();
  expectTypeOf(user.name).toEqualTypeOf<string>();
  const post = await db.from(Post).load("author").load("editor").oneOrFail();
  expectRows(post.author).toEqualTypeOf<UserRow>();
  expectRows(post.editor).toEqualTypeOf<UserRow | null>();
  expectRows(await db.from(User).select("id").load("posts", { strategy: "json" }).oneOrFail()).toEqualTypeOf<{
    id: number;
    posts: PostRow[];
  }>();
  expectRows(await db.from(User).select("id").load("posts", { strategy: "lookup" }).oneOrFail()).toEqualTypeOf<{
    id: number;
    posts: PostRow[];
  }>();
  // @ts-expect-error -- not loaded
  void user.grants;
  // @ts-expect-error -- it may be null
  void post.editor.name;
  // @ts-expect-error -- no such relation
  db.from(User).load("nope");
  // @ts-expect-error -- a relation of another model
  db.from(User).load("comments");
  // @ts-expect-error -- one of several is wrong
  db.from(User).load("posts", "nope");
  // @ts-expect-error -- a column is no relation
  db.from(User).load("name");
  // @ts-expect-error -- no such strategy
  db.from(User).load("posts", { strategy: "magic" });
  // @ts-expect-error -- a model without relations
  db.from(RoleUser).load("user");
});

test("pivot columns are shown where they were asked for", async () => {
  const user = await db.from(User).load("grants", "roles").oneOrFail();
  expectTypeOf(user.grants[0]!.pivot).toEqualTypeOf<{ assignedAt: Date | null; level: number }>();
  expectTypeOf(user.grants[0]!.title).toEqualTypeOf<string>();
  // @ts-expect-error -- this relation shows no pivot
  void user.roles[0]!.pivot;
  // @ts-expect-error -- this column of the pivot is not shown
  void user.grants[0]!.pivot.roleId;
});

test("load goes four levels deep", async () => {
  const user = await db
    .from(User)
    .load("posts", (posts) =>
      posts
        .where("views", ">", 1)
        .load("comments", (comments) => comments.load("replies", (replies) => replies.select("id").load("post"))),
    )
    .oneOrFail();
  const reply = user.posts[0]!.comments[0]!.replies[0]!;
  expectRows(reply).toEqualTypeOf<{ id: number; post: PostRow }>();
  expectTypeOf(user.posts[0]!.comments[0]!.body).toEqualTypeOf<string>();
  const comment = await db
    .from(Comment)
    .load("parent", (query) => query.select("body").load("parent"))
    .oneOrFail();
  expectRows(comment.parent).toEqualTypeOf<{ body: string; parent: CommentRow | null } | null>();
  // @ts-expect-error -- not selected four levels down
  void reply.body;
  // @ts-expect-error -- no such relation on the third level
  db.from(User).load("posts", (posts) => posts.load("comments", (comments) => comments.load("nope")));
  // @ts-expect-error -- no such column on the second level
  db.from(User).load("posts", (posts) => posts.where("body", "x"));
  // @ts-expect-error -- the column of the target holds numbers
  db.from(User).load("posts", (posts) => posts.where("views", "many"));
  // @ts-expect-error -- a callback gives a query or nothing
  db.from(User).load("posts", () => 1);
  // @ts-expect-error -- only hooks may be async
  db.from(User).load("posts", async (posts) => void posts.limit(1));
});

test("a callback that gives nothing loads whole rows", async () => {
  const user = await db
    .from(User)
    .load("posts", (posts) => {
      posts.where("views", 1);
      posts.limit(5);
    })
    .oneOrFail();
  expectRows(user.posts).toEqualTypeOf<PostRow[]>();
});

test("load takes a tree of names", async () => {
  const user = await db
    .from(User)
    .load({ posts: { comments: { replies: true }, editor: true }, profile: true })
    .oneOrFail();
  expectRows(user.posts[0]!.comments[0]!.replies).toEqualTypeOf<CommentRow[]>();
  expectRows(user.posts[0]!.editor).toEqualTypeOf<UserRow | null>();
  expectTypeOf(user.posts[0]!.title).toEqualTypeOf<string>();
  expectTypeOf(user.profile?.city).toEqualTypeOf<string | null | undefined>();
  // @ts-expect-error -- no such relation
  db.from(User).load({ nope: true });
  // @ts-expect-error -- no such relation below
  db.from(User).load({ posts: { nope: true } });
  // @ts-expect-error -- a name is loaded or left out
  db.from(User).load({ posts: false });
});

test("counts, sums and flags of relations have their names", async () => {
  const user = await db
    .from(User)
    .select("id")
    .withCount("posts")
    .withExists("posts", (posts) => posts.where("views", ">", 100))
    .withSum("posts", "views")
    .withMax("posts", "price")
    .withAvg("posts", "price", { as: "meanPrice" })
    .withCount("roles", { as: "roleTotal" })
    .oneOrFail();
  expectRows(user).toEqualTypeOf<{
    id: number;
    postsCount: number;
    postsExists: boolean;
    postsViewsSum: number | null;
    postsPriceMax: string | null;
    meanPrice: string | null;
    roleTotal: number;
  }>();
  // @ts-expect-error -- renamed by `as`
  void user.rolesCount;
  // @ts-expect-error -- no such relation
  db.from(User).withCount("nope");
  // @ts-expect-error -- no such column on the target
  db.from(User).withSum("posts", "body");
  // @ts-expect-error -- no such relation
  db.from(User).withExists("comments");
  // @ts-expect-error -- no such column in the callback
  db.from(User).withCount("posts", (posts) => posts.where("nope", 1));
  // @ts-expect-error -- a name, not a flag
  db.from(User).withCount("posts", { as: true });
});

test("joins reach dotted names", async () => {
  const rows = await db
    .from(Post)
    .join(User, "userId", "users.id")
    .where("users.status", "active")
    .select("id", "users.name")
    .orderBy("users.createdAt")
    .many();
  expectRows(rows).toEqualTypeOf<{ id: number; "users.name": string }[]>();
  expectRows(await db.from(Post).join(User, "posts.userId", "id").select({ who: "users.name" }).many()).toEqualTypeOf<
    { who: string }[]
  >();
  db.from(Post).leftJoin(User, (on) => on.on("userId", "users.id").where("users.status", "active"));
  expectRows(
    await db.from(Post).join("ledger", "ledger.post_id", "posts.id").select("ledger.total").many(),
  ).toEqualTypeOf<{ "ledger.total": unknown }[]>();
  // @ts-expect-error -- no such column on the joined model
  db.from(Post).join(User, "userId", "users.nope");
  // @ts-expect-error -- no such column on this model
  db.from(Post).join(User, "nope", "users.id");
  // @ts-expect-error -- the model is not joined
  db.from(Post).where("users.name", "Ann");
  // @ts-expect-error -- the joined column holds one of two texts
  db.from(Post).join(User, "userId", "users.id").where("users.status", "gone");
  // @ts-expect-error -- no such dotted name
  db.from(Post).join(User, "userId", "users.id").select("users.nope");
  // @ts-expect-error -- no such column in the callback
  db.from(Post).join(User, (on) => on.on("userId", "users.nope"));
});

test("two models on one table have their own columns and relations", async () => {
  const member = await db.from(Member).load("writings").oneOrFail();
  expectRows(member).toEqualTypeOf<{ id: number; name: string; writings: PostRow[] }>();
  // @ts-expect-error -- a relation of the other model
  db.from(Member).load("posts");
  // @ts-expect-error -- a relation of the other model
  db.from(User).load("writings");
  // @ts-expect-error -- a column of the other model
  db.from(Member).where("email", "a@b.c");
});

test("queries can be named and passed on", () => {
  type R = typeof db extends { from(model: typeof User): ModelQuery<infer Registry, typeof User> } ? Registry : never;
  const active = (query: ModelQuery<R, typeof User>) => query.where("status", "active");
  expectTypeOf(active(db.from(User)).select("id")).toHaveProperty("many");
  const recent = db.from(Post).select("id").orderBy("publishedAt");
  expectTypeOf<PlainOf<RowsOf<typeof recent>>>().toEqualTypeOf<{ id: number }[]>();
  expectTypeOf(active(db.from(User).load("posts"))).toHaveProperty("many");
  // @ts-expect-error -- a query of another model
  active(db.from(Post));
  // @ts-expect-error -- a query that lacks columns
  active(db.from(User).select("id"));
});

test("inserts need what is required, and no more", async () => {
  expectRows(await db.from(User).insert({ name: "Ann", email: "a@b.c" })).toEqualTypeOf<UserRow>();
  expectRows(await db.from(Post).insertMany([{ userId: 1, title: "x" }])).toEqualTypeOf<PostRow[]>();
  await db.from(User).insert({ name: raw("upper(?)", ["ann"]), email: "a@b.c", avatar: "bytes", settings: null });
  expectTypeOf<Insert<typeof Comment>>().toEqualTypeOf<{
    id?: number;
    postId: number;
    parentId?: number | null;
    body: string;
  }>();
  // @ts-expect-error -- the e-mail is missing
  await db.from(User).insert({ name: "Ann" });
  // @ts-expect-error -- no such column
  await db.from(User).insert({ name: "Ann", email: "a@b.c", nope: 1 });
  // @ts-expect-error -- text, not a number
  await db.from(User).insert({ name: 1, email: "a@b.c" });
  // @ts-expect-error -- the column is not nullable
  await db.from(User).insert({ name: null, email: "a@b.c" });
  // @ts-expect-error -- undefined is no value
  await db.from(User).insert({ name: "Ann", email: "a@b.c", bio: undefined });
  // @ts-expect-error -- not one of the values
  await db.from(User).insert({ name: "Ann", email: "a@b.c", status: "gone" });
  // @ts-expect-error -- not of the document's type
  await db.from(User).insert({ name: "Ann", email: "a@b.c", settings: { theme: "red" } });
  // @ts-expect-error -- one of the rows lacks its title
  await db.from(Post).insertMany([{ userId: 1, title: "x" }, { userId: 2 }]);
  // @ts-expect-error -- an exact decimal is text
  await db.from(Post).insert({ userId: 1, title: "x", price: 9.99 });
});

test("updates, upserts and what they return", async () => {
  expectRows(await db.from(User).where("id", 1).update({ bio: null, name: "Bea" })).toEqualTypeOf<number>();
  expectRows(await db.from(User).where("id", 1).returning("id", "name").update({ name: "Bea" })).toEqualTypeOf<
    { id: number; name: string }[]
  >();
  expectRows(await db.from(User).where("id", 1).returning().delete()).toEqualTypeOf<UserRow[]>();
  expectRows(
    await db.from(User).upsert({ name: "Ann", email: "a@b.c" }, { conflict: ["email"], update: ["name"] }),
  ).toEqualTypeOf<UserRow>();
  expectRows(await db.from(User).firstOrCreate({ email: "a@b.c" }, { name: "Ann" })).toEqualTypeOf<UserRow>();
  await db.from(Post).where("id", 1).increment("views", 2, { title: "seen" });
  // @ts-expect-error -- no such column
  await db.from(User).update({ nope: 1 });
  // @ts-expect-error -- text, not a number
  await db.from(User).update({ name: 1 });
  // @ts-expect-error -- the column is not nullable
  await db.from(User).update({ name: null });
  // @ts-expect-error -- undefined is no value
  await db.from(User).update({ bio: undefined });
  // @ts-expect-error -- no such column to return
  db.from(User).returning("nope");
  // @ts-expect-error -- no such column in the conflict
  await db.from(User).upsert({ name: "Ann", email: "a@b.c" }, { conflict: ["nope"] });
  // @ts-expect-error -- no such column to update
  await db.from(User).upsert({ name: "Ann", email: "a@b.c" }, { conflict: ["email"], update: ["nope"] });
  // @ts-expect-error -- a text cannot be incremented
  await db.from(Post).increment("title");
  // @ts-expect-error -- no such column to search by
  await db.from(User).firstOrCreate({ nope: 1 });
});
