import { InvalidQueryError, InvalidValueError, UnknownRelationError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, User } from "../models/blog.ts";
import { ledger, Line, Order } from "../models/ledger.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const loadInto = suite("loading into rows", blog, {
  "a row loads its relations, and is itself what comes back": async ({ db }) => {
    const user = await db.from(User).findOrFail(1);
    const loaded = await user.$load("posts", (q) => q.select("id").orderBy("id", "desc"));
    expect(loaded).toBe(user);
    expect(loaded.posts).toEqual([{ id: 2 }, { id: 1 }]);
    const post = await db.from(Post).select("userId").findOrFail(6);
    expect(await post.$load("user")).toEqual({ userId: null, user: null });
    const [comment] = await db.from(Comment).where("id", 1).many();
    expect((await comment?.$load({ post: { user: true } }))?.post.user?.name).toBe("Ann");
    const both = await user.$load("profile", "comments");
    expect([both.profile?.bio, both.comments.map(({ id }) => id)]).toEqual(["Ann writes", [3]]);
  },
  "values are those of the same relation loaded with the query": async ({ db }) => {
    const flat = await db.from(User).orderBy("id").many();
    await db.loadInto(flat, { posts: { tags: true }, profile: true });
    const query = db
      .from(User)
      .load({ posts: { tags: true }, profile: true })
      .orderBy("id");
    expect(flat).toStrictEqual(await query.many());
  },
  "a list loads with one statement for each relation": async ({ db, sent }) => {
    const users = await db.from(User).select("id").orderBy("id").many();
    const events = await sent(async () => {
      const loaded = await db.loadInto(users, "posts", (q) => q.select("id").orderBy("id").limit(1));
      expect(loaded).toEqual([
        { id: 1, posts: [{ id: 1 }] },
        { id: 2, posts: [{ id: 3 }] },
        { id: 3, posts: [] },
        { id: 4, posts: [] },
      ]);
      expect(loaded[0]).toBe(users[0]);
    });
    expect(events).toHaveLength(1);
    expect(await sent(() => db.loadInto([], "posts"))).toHaveLength(0);
    expect(await sent(() => db.loadInto(users, "posts", "profile", "comments"))).toHaveLength(3);
  },
  "what is missing is loaded, what is there stays": async ({ db, sent }) => {
    const user = await db
      .from(User)
      .load("posts", (q) => q.limit(1))
      .findOrFail(2);
    const events = await sent(async () => {
      const loaded = await user.$loadMissing("posts", "profile");
      expect([loaded.posts.length, loaded.profile?.id]).toEqual([1, 2]);
    });
    expect(events).toHaveLength(1);
    expect(await sent(() => user.$loadMissing("posts", "profile"))).toHaveLength(0);
    expect((await user.$load("posts")).posts).toHaveLength(3);
  },
  "rows stay data": async ({ db }) => {
    const user = await db.from(User).select("id").findOrFail(1);
    expect(Object.keys(user)).toEqual(["id"]);
    expect(structuredClone({ ...user })).toEqual({ id: 1 });
    expect("$load" in { ...user }).toBe(false);
    const [plain] = await db.from(User).select("id").load("posts").limit(1).plain();
    expect(plain !== undefined && "$load" in plain).toBe(false);
    const stored = await db.from(User).insert({ id: 9, name: "Eve", email: "eve@example.com" });
    expect((await stored.$load("posts")).posts).toEqual([]);
  },
  "inside a transaction rows load through it": async ({ db }) => {
    await db.transaction(async (tx) => {
      await tx.from(Post).insert({ id: 70, userId: 3, title: "inside" });
      const user = await tx.from(User).findOrFail(3);
      expect((await user.$load("posts")).posts.map(({ id }) => id)).toEqual([70]);
      expect((await tx.loadInto([user], "profile"))[0]?.profile).toBe(null);
    });
  },
  "what cannot be loaded is refused": async ({ db, refused }) => {
    const user = await db.from(User).select("id", "name").findOrFail(1);
    const nameless = await db.from(User).select("name").findOrFail(1);
    const post = await db.from(Post).findOrFail(1);
    await refused(UnknownRelationError, () => user.$load(untrusted("nope")));
    await refused(UnknownRelationError, () => user.$loadMissing(untrusted("nope")));
    await refused(UnknownRelationError, () => db.loadInto([user], untrusted("name")));
    await refused(InvalidQueryError, () => nameless.$load("posts"));
    await refused(InvalidQueryError, () => db.loadInto(untrusted([user, post]), untrusted("posts")));
    await refused(InvalidValueError, () => db.loadInto(untrusted([{ ...user }]), untrusted("posts")));
    await refused(InvalidValueError, () => db.loadInto(untrusted(user), untrusted("posts")));
    await refused(InvalidValueError, () => db.loadInto(untrusted([null]), untrusted("posts")));
  },
});

export const loadIntoByComposite = suite("loading into rows by several columns", ledger, {
  "all columns of the key tell whose a row is": async ({ db }) => {
    const orders = await db.from(Order).orderBy("buyer").many();
    const loaded = await db.loadInto(orders, "lines", (q) => q.select("id").orderBy("id"));
    expect(loaded.map(({ lines }) => lines)).toEqual([[{ id: 1 }, { id: 2 }], [{ id: 3 }], []]);
    await db.loadInto(orders, "vouchers", (q) => q.orderBy("code"));
    const queried = db.from(Order).load("vouchers", (q) => q.orderBy("code"));
    expect(orders.map((order) => Reflect.get(order, "vouchers"))).toEqual(
      (await queried.orderBy("buyer").many()).map(({ vouchers }) => vouchers),
    );
    const lines = await db.from(Line).orderBy("id").many();
    expect((await db.loadInto(lines, "order")).map(({ order }) => order?.buyer)).toEqual([
      "Ann",
      "Ann",
      "Bob",
      undefined,
    ]);
  },
});
