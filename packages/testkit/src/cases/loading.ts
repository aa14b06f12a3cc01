import { InvalidQueryError, UnknownRelationError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, Profile, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const loading = suite("loading relations", blog, {
  "hasMany gives a list, empty where there is none": async ({ db }) => {
    const users = await db
      .from(User)
      .select("id")
      .load("posts", (q) => q.select("id").orderBy("id"))
      .orderBy("id")
      .many();
    expect(users).toEqual([
      { id: 1, posts: [{ id: 1 }, { id: 2 }] },
      { id: 2, posts: [{ id: 3 }, { id: 4 }, { id: 5 }] },
      { id: 3, posts: [] },
      { id: 4, posts: [] },
    ]);
    expect(users[0]).toBeInstanceOf(User);
    expect(users[0]?.posts[0]).toBeInstanceOf(Post);
  },
  "hasOne and belongsTo give a row or null": async ({ db }) => {
    const users = await db.from(User).select("name").load("profile").orderBy("id").many();
    expect(users).toEqual([
      { name: "Ann", profile: { id: 1, userId: 1, bio: "Ann writes" } },
      { name: "Bob", profile: { id: 2, userId: 2, bio: "Bob reads" } },
      { name: "Cid", profile: null },
      { name: "Dee", profile: null },
    ]);
    const posts = await db
      .from(Post)
      .select("id")
      .load("user", (q) => q.select("name"))
      .where("id", ">", 4)
      .orderBy("id")
      .many();
    expect(posts).toEqual([
      { id: 5, user: { name: "Bob" } },
      { id: 6, user: null },
    ]);
    expect(
      await db
        .from(Profile)
        .select("id")
        .load("user", (q) => q.select("name"))
        .find(1),
    ).toEqual({
      id: 1,
      user: { name: "Ann" },
    });
  },
  "hasOne of several takes the first by its order": async ({ db }) => {
    const query = db
      .from(User)
      .select("id")
      .load("topPost", (q) => q.select("id", "views"))
      .orderBy("id");
    expect(await query.many()).toEqual([
      { id: 1, topPost: { id: 2, views: 30 } },
      { id: 2, topPost: { id: 3, views: 20 } },
      { id: 3, topPost: null },
      { id: 4, topPost: null },
    ]);
    const least = db
      .from(User)
      .select("id")
      .load("topPost", (q) => q.select("id").orderBy("views"))
      .whereIn("id", [1, 2]);
    expect(await least.orderBy("id").many()).toEqual([
      { id: 1, topPost: { id: 1 } },
      { id: 2, topPost: { id: 4 } },
    ]);
  },
  "values of a loaded row equal those of the same row read flat": async ({ db }) => {
    const flat = await db.from(User).find(1);
    const { user } = await db.from(Post).load("user").findOrFail(1);
    expect(user).toStrictEqual(flat);
    const deep = await db
      .from(Comment)
      .load("post", (q) => q.load("user"))
      .findOrFail(1);
    expect(deep.post.user).toStrictEqual(flat);
  },
  "keys a relation needs are fetched, and left out when not asked for": async ({ db }) => {
    const query = db
      .from(User)
      .select("name")
      .load("posts", (q) =>
        q
          .select("title")
          .orderBy("title")
          .load("comments", (c) => c.select("body").orderBy("id")),
      );
    const [ann] = await query.where("id", 1).many();
    expect(ann).toEqual({
      name: "Ann",
      posts: [
        { title: "Alpha", comments: [{ body: "first" }, { body: "second" }] },
        { title: "Beta", comments: [] },
      ],
    });
    expect(Object.keys(ann ?? {})).toEqual(["name", "posts"]);
    expect(Object.keys(ann?.posts[0] ?? {})).toEqual(["title", "comments"]);
  },
  "relations nest four deep, each with its own conditions": async ({ db }) => {
    const query = db
      .from(User)
      .select("name")
      .where("name", "Bob")
      .load("posts", (posts) =>
        posts
          .select("title")
          .where("views", 20)
          .orderBy("id")
          .load("comments", (comments) =>
            comments
              .select("body")
              .where("id", "<", 5)
              .orderBy("id", "desc")
              .load("user", (user) =>
                user.select("name").load("posts", (own) => own.select("title").where("views", ">=", 20).orderBy("id")),
              ),
          ),
      );
    expect(await query.many()).toEqual([
      {
        name: "Bob",
        posts: [
          {
            title: "Gamma",
            comments: [
              { body: "fourth", user: { name: "Bob", posts: [{ title: "Gamma" }, { title: "Epsilon" }] } },
              { body: "third", user: { name: "Ann", posts: [{ title: "Beta" }] } },
            ],
          },
          { title: "Epsilon", comments: [] },
        ],
      },
    ]);
  },
  "several names and trees of names load at once": async ({ db }) => {
    const several = await db.from(User).load("profile", "posts").findOrFail(1);
    expect([several.profile?.bio, several.posts.length]).toEqual(["Ann writes", 2]);
    const tree = await db
      .from(User)
      .load({ posts: { comments: { user: true }, tags: true }, profile: true })
      .findOrFail(1);
    expect(tree.posts.map(({ comments, tags }) => [comments.map(({ user }) => user?.name), tags.length])).toEqual([
      [["Bob", undefined], 2],
      [[], 1],
    ]);
    expect(tree.profile?.id).toBe(1);
  },
  "alternatives in a callback stay within the relation": async ({ db }) => {
    const query = db.from(User).load("posts", (q) => q.where("views", 10).orWhere("views", 5).orWhere("views", 0));
    const users = await query.orderBy("id").many();
    expect(users.map(({ posts }) => posts.map(({ id }) => id))).toEqual([[1], [4], [], []]);
  },
  "the same relation again replaces its query": async ({ db }) => {
    const query = db.from(User).load("posts", (q) => q.where("views", 10));
    expect((await query.load("posts").findOrFail(1)).posts).toHaveLength(2);
    expect((await query.findOrFail(1)).posts).toHaveLength(1);
  },
  "a load is one statement, or one for each relation, whatever the rows": async ({ db, sent, strategy }) => {
    const counts = strategy === "separate" ? [5, 5, 1, 3, 1] : [1, 1, 1, 1, 1];
    const query = db
      .from(User)
      .load("profile")
      .load("posts", (q) => q.load("comments").load("tags"));
    const runs = [
      query,
      query.where("id", 1),
      query.where("id", 99),
      query.where("id", 3),
      db.from(Post).load("user").where("id", 6),
    ];
    const sentBy: number[] = [];
    for (const run of runs) sentBy.push((await sent(() => run.many())).length);
    expect(sentBy).toEqual(counts);
  },
  "loading a thousand parents is the same statement": async ({ db, sent, strategy }) => {
    await db
      .from(Post)
      .insertMany(Array.from({ length: 1500 }, (_, at) => ({ id: at + 100, title: "x", userId: (at % 4) + 1 })));
    const events = await sent(async () => {
      const posts = await db
        .from(Post)
        .load("user", (q) => q.select("id"))
        .load("comments")
        .many();
      expect(posts).toHaveLength(1506);
      expect(posts.filter(({ userId, user }) => userId !== (user?.id ?? null))).toEqual([]);
    });
    expect(events).toHaveLength(strategy === "separate" ? 3 : 1);
  },
  "an unknown relation is an error, never all rows": async ({ db, refused }) => {
    for (const name of ["nope", "post", "", "constructor", "__proto__", "userId", 1, null, undefined]) {
      await refused(UnknownRelationError, () => db.from(User).load(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).whereHas(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).whereDoesntHave(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).has(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).orHas(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).withCount(untrusted(name)).many());
      await refused(UnknownRelationError, () => db.from(User).withSum(untrusted(name), untrusted("views")).many());
    }
    await refused(UnknownRelationError, () =>
      db
        .from(User)
        .load(untrusted({ posts: { nope: true } }))
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(User)
        .load(untrusted({ posts: false }))
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(User)
        .load(untrusted(["posts"]))
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(User)
        .load("posts", { strategy: untrusted("magic") })
        .many(),
    );
  },
});
