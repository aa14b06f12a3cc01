import { InvalidQueryError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, Tag, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const whereHas = suite("filters by relation", blog, {
  "has and doesntHave ask for any related row": async ({ db }) => {
    expect(await db.from(User).has("posts").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.from(User).whereHas("posts").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.from(User).whereDoesntHave("posts").orderBy("id").pluck("id")).toEqual([3, 4]);
    expect(await db.from(Post).whereDoesntHave("user").pluck("id")).toEqual([6]);
    expect(await db.from(User).has("profile").orderBy("id").pluck("id")).toEqual([1, 2]);
  },
  "a callback narrows the related rows": async ({ db }) => {
    expect(
      await db
        .from(User)
        .whereHas("posts", (q) => q.where("views", 30).orWhere("views", 0))
        .pluck("id"),
    ).toEqual([1]);
    const without = db.from(User).whereDoesntHave("posts", (q) => q.where("views", ">", 20));
    expect(await without.orderBy("id").pluck("id")).toEqual([2, 3, 4]);
    const stepwise = db.from(User).whereHas("posts", (q) => {
      q.where("views", 20);
      q.whereNotNull("rating");
    });
    expect(await stepwise.pluck("id")).toEqual([2]);
  },
  "an operator and a number count the related rows": async ({ db }) => {
    const counted = (operator: "=" | "!=" | "<" | "<=" | ">" | ">=", count: number) =>
      db.from(User).has("posts", operator, count).orderBy("id").pluck("id");
    expect(await counted("=", 3)).toEqual([2]);
    expect(await counted("!=", 3)).toEqual([1, 3, 4]);
    expect(await counted("<", 3)).toEqual([1, 3, 4]);
    expect(await counted("<=", 0)).toEqual([3, 4]);
    expect(await counted(">", 2)).toEqual([2]);
    expect(await counted(">=", 2)).toEqual([1, 2]);
    expect(await counted("=", 0)).toEqual([3, 4]);
    expect(await counted("<", 1)).toEqual([3, 4]);
    expect(await counted(">", 0)).toEqual([1, 2]);
    expect(await counted(">=", 0)).toEqual([1, 2, 3, 4]);
    expect(
      await db
        .from(User)
        .whereHas("posts", (q) => q.where("views", 20), ">=", 2)
        .pluck("id"),
    ).toEqual([2]);
    expect(await db.from(User).whereHas("posts", undefined, "=", 2).pluck("id")).toEqual([1]);
  },
  "every form has its or": async ({ db }) => {
    const dee = db.from(User).where("id", 4);
    expect(await dee.orHas("posts", ">", 2).orderBy("id").pluck("id")).toEqual([2, 4]);
    expect(
      await dee
        .orWhereHas("posts", (q) => q.where("views", 30))
        .orderBy("id")
        .pluck("id"),
    ).toEqual([1, 4]);
    expect(
      await dee
        .orWhereDoesntHave("posts", (q) => q.where("views", ">", 5))
        .orderBy("id")
        .pluck("id"),
    ).toEqual([3, 4]);
  },
  "filters nest through relations of every kind": async ({ db }) => {
    const byBob = db
      .from(User)
      .whereHas("posts", (p) => p.whereHas("comments", (c) => c.whereHas("user", (u) => u.where("name", "Bob"))));
    expect(await byBob.orderBy("id").pluck("name")).toEqual(["Ann", "Bob"]);
    const own = db
      .from(User)
      .whereHas("posts", (p) => p.whereHas("comments", (c) => c.whereColumn("userId", "users.id")));
    expect(await own.pluck("name")).toEqual(["Bob"]);
    const tagged = db.from(User).whereHas("posts", (p) => p.has("tags", ">=", 2));
    expect(await tagged.pluck("name")).toEqual(["Ann"]);
    const deep = db
      .from(Tag)
      .whereHas("posts", (p) => p.whereDoesntHave("comments").whereHas("user", (u) => u.where("age", 30)));
    expect(await deep.pluck("label")).toEqual(["red"]);
  },
  "they stand in groups and negations": async ({ db }) => {
    const query = db
      .from(User)
      .where((q) => q.has("profile").orWhere("id", 4))
      .whereNot((q) => q.whereHas("posts", (p) => p.where("views", 30)));
    expect(await query.orderBy("id").pluck("id")).toEqual([2, 4]);
    expect(
      await db
        .from(Comment)
        .whereHas("post", (p) => p.where((q) => q.where("views", 10).orWhere("views", 99)))
        .count(),
    ).toBe(2);
  },
  "many-to-many relations filter by their target": async ({ db }) => {
    expect(
      await db
        .from(Post)
        .whereHas("tags", (q) => q.where("label", "green"))
        .orderBy("id")
        .pluck("id"),
    ).toEqual([1, 3]);
    expect(await db.from(Post).whereDoesntHave("tags").orderBy("id").pluck("id")).toEqual([4, 5, 6]);
    expect(await db.from(Tag).has("posts", ">", 1).orderBy("id").pluck("label")).toEqual(["red", "green"]);
    expect(await db.from(Tag).has("posts", "=", 0).pluck("label")).toEqual(["blue"]);
  },
  "a filter by relation neither multiplies nor loads rows": async ({ db }) => {
    expect(await db.from(User).has("posts").count()).toBe(2);
    expect(Object.keys((await db.from(User).select("id").has("posts").many())[0] ?? {})).toEqual(["id"]);
    expect((await db.from(User).has("posts").paginate({ perPage: 1 })).meta.total).toBe(2);
  },
  "a cut that would mean nothing is refused": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(User).whereHas("posts", (q) => q.limit(0)));
    await refused(InvalidQueryError, () => db.from(User).whereDoesntHave("posts", (q) => q.offset(1)));
    await refused(InvalidQueryError, () => db.from(User).withCount("posts", (q) => q.limit(2)));
    await refused(InvalidQueryError, () => db.from(User).withSum("posts", "views", (q) => q.distinct()));
    expect(
      await db
        .from(User)
        .whereHas("posts", (q) => q.orderBy("id").select("id"))
        .count(),
    ).toBe(2);
  },
  "wrong operators and numbers are refused": async ({ db, refused }) => {
    for (const operator of ["like", "in", "> 0 or 1", "", 1, null, {}]) {
      await refused(InvalidQueryError, () => db.from(User).has("posts", untrusted(operator), 1));
    }
    for (const count of [-1, 1.5, "1", null, Number.NaN, {}, [1], 2 ** 53]) {
      await refused(InvalidQueryError, () => db.from(User).has("posts", ">=", untrusted(count)));
    }
    for (const build of [1, "views > 1", {}, null]) {
      await refused(InvalidQueryError, () => db.from(User).whereHas("posts", untrusted(build)));
    }
  },
});
