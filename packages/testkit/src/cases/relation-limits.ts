import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { suite } from "../suite.ts";

export const relationLimits = suite("limits of relations", blog, {
  "a limit counts for each parent, with or without select": async ({ db }) => {
    const whole = db
      .from(User)
      .load("posts", (q) => q.orderBy("views", "desc").limit(1))
      .orderBy("id");
    expect((await whole.many()).map(({ posts }) => posts)).toEqual([
      [{ id: 2, userId: 1, title: "Beta", views: 30, rating: 2 }],
      [{ id: 3, userId: 2, title: "Gamma", views: 20, rating: null }],
      [],
      [],
    ]);
    const some = db
      .from(User)
      .load("posts", (q) => q.select("title").orderBy("views").limit(2))
      .orderBy("id")
      .limit(2);
    expect((await some.many()).map(({ posts }) => posts)).toEqual([
      [{ title: "Alpha" }, { title: "Beta" }],
      [{ title: "Delta" }, { title: "Gamma" }],
    ]);
  },
  "an offset counts for each parent, alone or with a limit": async ({ db }) => {
    const ids = async (limit: number | undefined, offset: number) => {
      const query = db.from(User).load("posts", (q) => {
        q.orderBy("id").offset(offset);
        if (limit !== undefined) q.limit(limit);
      });
      const users = await query.orderBy("id").limit(2).many();
      return users.map(({ posts }) => posts.map(({ id }) => id));
    };
    expect(await ids(undefined, 1)).toEqual([[2], [4, 5]]);
    expect(await ids(1, 1)).toEqual([[2], [4]]);
    expect(await ids(1, 2)).toEqual([[], [5]]);
    expect(await ids(0, 0)).toEqual([[], []]);
    expect(await ids(9, 0)).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  },
  "without an order the key decides": async ({ db }) => {
    const users = await db
      .from(User)
      .load("posts", (q) => q.select("id").limit(2))
      .orderBy("id")
      .many();
    expect(users.map(({ posts }) => posts.map(({ id }) => id))).toEqual([[1, 2], [3, 4], [], []]);
  },
  "ties in the order are cut by the key, nulls stand where they should": async ({ db }) => {
    const users = await db
      .from(User)
      .load("posts", (q) => q.select("id").orderBy("rating").limit(2))
      .orderBy("id")
      .many();
    expect(users.map(({ posts }) => posts.map(({ id }) => id))).toEqual([[2, 1], [3, 5], [], []]);
    const last = await db
      .from(User)
      .load("posts", (q) => q.select("id").orderBy("rating", "desc", { nulls: "first" }).limit(1))
      .findOrFail(2);
    expect(last.posts).toEqual([{ id: 3 }]);
  },
  "many-to-many relations are limited for each parent too": async ({ db }) => {
    const query = db
      .from(Post)
      .select("id")
      .load("tags", (q) => q.select("label").orderBy("label").limit(1))
      .orderBy("id")
      .limit(3);
    expect((await query.many()).map(({ tags }) => tags.map(({ label, pivot }) => [label, pivot.note]))).toEqual([
      [["green", null]],
      [["red", "also"]],
      [["green", "only"]],
    ]);
    const tags = await db
      .from(Tag)
      .load("posts", (q) => q.select("id").orderBy("id", "desc").limit(1))
      .orderBy("id")
      .many();
    expect(tags.map(({ posts }) => posts)).toEqual([[{ id: 2 }], [{ id: 3 }], []]);
  },
  "limits nest, with conditions and counts beside them": async ({ db }) => {
    const query = db
      .from(User)
      .select("id")
      .whereIn("id", [1, 2])
      .orderBy("id")
      .load("posts", (q) =>
        q
          .select("id")
          .where("views", ">", 5)
          .withCount("comments")
          .orderBy("commentsCount", "desc")
          .orderBy("id")
          .limit(1)
          .load("comments", (c) => c.select("id").orderBy("id", "desc").limit(2)),
      );
    expect(await query.many()).toEqual([
      { id: 1, posts: [{ id: 1, commentsCount: 2, comments: [{ id: 2 }, { id: 1 }] }] },
      { id: 2, posts: [{ id: 3, commentsCount: 3, comments: [{ id: 5 }, { id: 4 }] }] },
    ]);
  },
  "a limit of a relation to one does no harm": async ({ db }) => {
    const posts = await db
      .from(Post)
      .select("id")
      .load("user", (q) => q.select("id").limit(1))
      .orderBy("id")
      .many();
    expect(posts.map(({ user }) => user?.id ?? null)).toEqual([1, 1, 2, 2, 2, null]);
  },
});
