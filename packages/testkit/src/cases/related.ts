import { InvalidQueryError, InvalidValueError, NotNullViolationError, UnknownRelationError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, Profile, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const related = suite("one row's related rows", blog, {
  "reads see them alone": async ({ db }) => {
    const ann = await db.from(User).findOrFail(1);
    const posts = db.related(ann, "posts");
    expect(await posts.orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await posts.count()).toBe(2);
    expect(await posts.sum("views")).toBe(40);
    expect(await posts.exists()).toBe(true);
    expect(await posts.find(3)).toBe(null);
    expect((await posts.find(2))?.title).toBe("Beta");
    expect(await posts.findMany([1, 3])).toHaveLength(1);
    expect(await posts.where("views", 5).orWhere("views", 20).orWhere("views", 10).pluck("id")).toEqual([1]);
    expect((await posts.orderBy("id").paginate({ perPage: 1, page: 2 })).data.map(({ id }) => id)).toEqual([2]);
    expect((await posts.cursorPaginate({ perPage: 5 })).data).toHaveLength(2);
    const first = await posts.orderBy("id").cursorPaginate({ perPage: 1 });
    const second = await posts.orderBy("id").cursorPaginate({ perPage: 1, after: first.meta.nextCursor });
    expect([first, second].map(({ data }) => data.map(({ id }) => id))).toEqual([[1], [2]]);
    expect(second.meta.nextCursor).toBe(null);
    const streamed: number[] = [];
    for await (const { id } of posts.orderBy("id").stream({ batch: 1 })) streamed.push(id);
    expect(streamed).toEqual([1, 2]);
    const withComments = await posts
      .load("comments", (q) => q.select("id").orderBy("id"))
      .orderBy("id")
      .many();
    expect(withComments.map(({ comments }) => comments.map(({ id }) => id))).toEqual([[1, 2], []]);
  },
  "to one row, to none and without a key": async ({ db }) => {
    const ann = await db.from(User).findOrFail(1);
    expect((await db.related(ann, "profile").one())?.bio).toBe("Ann writes");
    expect((await db.related(ann, "topPost").one())?.id).toBe(2);
    const orphan = await db.from(Post).findOrFail(6);
    expect(await db.related(orphan, "user").one()).toBe(null);
    expect(await db.related(orphan, "user").count()).toBe(0);
    const post = await db.from(Post).findOrFail(3);
    expect((await db.related(post, "user").oneOrFail()).name).toBe("Bob");
  },
  "two rows share the statement and not the rows": async ({ db, sent }) => {
    const users = await db.from(User).orderBy("id").limit(2).many();
    const counts: number[] = [];
    const events = await sent(async () => {
      for (const user of users) counts.push(await db.related(user, "posts").count());
    });
    expect(counts).toEqual([2, 3]);
    expect(new Set(events.map(({ sql }) => sql)).size).toBe(1);
  },
  "it stands inside another query": async ({ db }) => {
    const ann = await db.from(User).findOrFail(1);
    const ids = db.related(ann, "posts").select("id");
    expect(await db.from(Comment).whereIn("postId", ids).orderBy("id").pluck("id")).toEqual([1, 2]);
  },
  "an insert sets the key": async ({ db }) => {
    const cid = await db.from(User).findOrFail(3);
    const post = await db.related(cid, "posts").insert({ id: 50, title: "Mine" });
    expect([post.userId, post.views]).toEqual([3, 0]);
    expect(post).toBeInstanceOf(Post);
    await db.related(cid, "posts").insertMany([
      { id: 51, title: "More" },
      { id: 52, title: "Most", userId: 3 },
    ]);
    expect(await db.related(cid, "posts").orderBy("id").pluck("id")).toEqual([50, 51, 52]);
    const profile = await db.related(cid, "profile").insert({ id: 9, bio: "Cid waits" });
    expect(profile.userId).toBe(3);
    const found = await db.related(cid, "posts").firstOrCreate({ title: "Mine" }, { id: 53 });
    expect(found.id).toBe(50);
    const made = await db.related(cid, "posts").firstOrCreate({ title: "Alpha" }, { id: 54 });
    expect([made.id, made.userId]).toEqual([54, 3]);
    const changed = await db.related(cid, "posts").updateOrCreate({ title: "Alpha" }, { views: 7 });
    expect([changed.id, changed.views]).toEqual([54, 7]);
    expect(await db.from(Post).where("title", "Alpha").orderBy("id").pluck("views")).toEqual([10, 7]);
    const stored = await db.related(cid, "posts").upsert({ id: 54, title: "Omega" }, { conflict: ["id"] });
    expect([stored.title, stored.userId]).toEqual(["Omega", 3]);
  },
  "updates and deletes touch no other rows": async ({ db }) => {
    const ann = await db.from(User).findOrFail(1);
    expect(await db.related(ann, "posts").update({ rating: 1 })).toBe(2);
    expect(await db.related(ann, "posts").where("views", 10).orWhere("views", 20).increment("views")).toBe(1);
    expect(await db.from(Post).orderBy("id").pluck("views")).toEqual([11, 30, 20, 5, 20, 0]);
    expect(await db.related(ann, "posts").where("id", 3).delete()).toBe(0);
    expect(await db.related(ann, "posts").orderBy("id").limit(1).delete()).toBe(1);
    expect(await db.related(ann, "posts").delete()).toBe(1);
    expect(await db.from(Post).orderBy("id").pluck("id")).toEqual([3, 4, 5, 6]);
  },
  "a row is associated and dissociated": async ({ db }) => {
    const post = await db.from(Post).load("user").findOrFail(1);
    const bob = await db.from(User).findOrFail(2);
    expect(await db.related(post, "user").associate(bob)).toBe(post);
    expect([post.userId, post.user?.name]).toEqual([2, "Bob"]);
    expect(await db.from(Post).where("id", 1).value("userId")).toBe(2);
    await db.related(post, "user").dissociate();
    expect([post.userId, post.user]).toEqual([null, null]);
    await db.related(post, "user").associate(3);
    expect(await db.from(Post).where("id", 1).value("userId")).toBe(3);
    expect(await db.from(Post).where("userId", 1).count()).toBe(1);
  },
  "inside a transaction it belongs to it": async ({ db }) => {
    const ann = await db.from(User).findOrFail(1);
    const failed = db.transaction(async (tx) => {
      await tx.related(ann, "posts").delete();
      expect(await tx.related(ann, "posts").count()).toBe(0);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await db.related(ann, "posts").count()).toBe(2);
  },
  "what makes no sense is refused": async ({ db, refused }) => {
    const ann = await db.from(User).findOrFail(1);
    const post = await db.from(Post).findOrFail(1);
    const nameless = await db.from(User).select("name").findOrFail(1);
    const profile = await db.from(Profile).findOrFail(1);
    await refused(UnknownRelationError, () => db.related(ann, untrusted("nope")));
    await refused(InvalidValueError, () => db.related(untrusted({ ...ann }), untrusted("posts")));
    await refused(InvalidValueError, () => db.related(untrusted(null), untrusted("posts")));
    await refused(InvalidQueryError, () => db.related(nameless, "posts"));
    await refused(InvalidValueError, () => db.related(ann, "posts").insert({ id: 60, title: "x", userId: 2 }));
    await refused(InvalidValueError, () => db.related(ann, "posts").insertMany([{ id: 60, title: "x", userId: 2 }]));
    await refused(InvalidValueError, () => db.related(ann, "posts").firstOrCreate({ userId: 2 }, { title: "x" }));
    await refused(InvalidQueryError, () => db.related(post, "user").insert(untrusted({ name: "x" })));
    await refused(InvalidQueryError, () => db.related(ann, "posts").truncate());
    await refused(InvalidQueryError, () => untrustedPivot(db.related(ann, "posts")).attach(1));
    await refused(InvalidQueryError, () => untrustedPivot(db.related(ann, "posts")).associate(1));
    await refused(InvalidValueError, () => db.related(post, "user").associate(untrusted(null)));
    await refused(InvalidValueError, () => db.related(post, "user").associate(untrusted([1, 2])));
    await refused(InvalidValueError, () => db.related(post, "user").associate(untrusted(post)));
    await refused(NotNullViolationError, () => db.related(profile, "user").dissociate());
  },
});

/** A query whose writes the types refuse. */
function untrustedPivot(query: unknown): { attach(id: number): unknown; associate(id: number): unknown } {
  return untrusted(query);
}
