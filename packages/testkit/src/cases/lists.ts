import { InvalidQueryError, InvalidValueError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const lists = suite("lists and subqueries", blog, {
  "a list matches its members": async ({ db }) => {
    expect(await db.from(User).whereIn("id", [1, 3, 99]).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(User).where("name", "in", ["Bob"]).pluck("id")).toEqual([2]);
    expect(await db.from(User).whereNotIn("id", [1, 3]).orderBy("id").pluck("id")).toEqual([2, 4]);
    expect(await db.from(User).where("id", "not in", [1]).orderBy("id").pluck("id")).toEqual([2, 3, 4]);
    expect(await db.from(User).where("id", 4).orWhereIn("id", [1]).orderBy("id").pluck("id")).toEqual([1, 4]);
    expect(await db.from(User).where("id", 1).orWhereNotIn("id", [1, 2]).orderBy("id").pluck("id")).toEqual([1, 3, 4]);
  },
  "a list holds values of the column's own type": async ({ db }) => {
    expect(await db.from(User).whereIn("visits", [9007199254740993n]).pluck("id")).toEqual([1]);
    expect(await db.from(User).whereIn("balance", ["10.5", "0.1"]).orderBy("id").pluck("id")).toEqual([1, 4]);
    expect(await db.from(User).whereIn("isActive", [false]).pluck("id")).toEqual([2]);
    expect(await db.from(User).whereIn("bornOn", ["1983-12-31"]).pluck("id")).toEqual([2]);
    const instant = new Date(Date.UTC(2024, 0, 31, 9, 30, 0, 250));
    expect(await db.from(User).whereIn("joinedAt", [instant]).pluck("id")).toEqual([3]);
  },
  "an empty list matches nothing, a negated one everything": async ({ db }) => {
    expect(await db.from(User).whereIn("id", []).many()).toEqual([]);
    expect(await db.from(User).where("id", "in", []).count()).toBe(0);
    expect(await db.from(User).whereNotIn("id", []).count()).toBe(4);
    expect(await db.from(User).whereNotIn("age", []).count()).toBe(4);
    expect(await db.from(User).whereIn("id", []).orWhere("id", 2).pluck("id")).toEqual([2]);
    expect(await db.from(User).where("id", 2).orWhereIn("id", []).pluck("id")).toEqual([2]);
    expect(await db.from(User).where("id", 2).whereNotIn("id", []).pluck("id")).toEqual([2]);
    expect(
      await db
        .from(User)
        .whereNot((q) => q.whereIn("id", []))
        .count(),
    ).toBe(4);
    expect(
      await db
        .from(User)
        .whereNot((q) => q.whereNotIn("id", []))
        .count(),
    ).toBe(0);
  },
  "ten thousand members work and share one plan with two": async ({ db }) => {
    const ids = Array.from({ length: 10_000 }, (_, at) => at + 3);
    const find = (list: number[]) => db.from(User).whereIn("id", list).orderBy("id").pluck("id");
    expect(await find([1, 2])).toEqual([1, 2]);
    const { hits, misses } = db.planCache;
    expect(await find(ids)).toEqual([3, 4]);
    expect(db.planCache).toMatchObject({ hits: hits + 1, misses });
  },
  "a list must be a list": async ({ db, refused }) => {
    for (const value of ["1,2", 1, { length: 1 }, null, new Set([1])]) {
      await refused(InvalidValueError, () => db.from(User).whereIn("id", untrusted(value)).many());
      await refused(InvalidValueError, () => db.from(User).whereBetween("id", untrusted(value)).many());
    }
    for (const range of [[1], [1, 2, 3], [1, null], [undefined, 2]]) {
      await refused(InvalidValueError, () => db.from(User).whereBetween("id", untrusted(range)).many());
    }
  },
  "a query with one column stands for a list": async ({ db }) => {
    const busy = db.from(Post).where("views", ">=", 20).select("userId");
    expect(await db.from(User).whereIn("id", busy).orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(
      await db.from(User).where("age", 41).orWhereIn("id", busy.where("views", 30)).orderBy("id").pluck("id"),
    ).toEqual([1, 2]);
    const nested = db
      .from(Comment)
      .whereIn("postId", db.from(Post).whereIn("userId", db.from(User).where("name", "Bob").select("id")).select("id"));
    expect(await nested.orderBy("id").pluck("id")).toEqual([3, 4, 5]);
    const limited = db.from(Post).orderBy("views", "desc").limit(1).select("userId");
    expect(await db.from(User).whereIn("id", limited).pluck("id")).toEqual([1]);
  },
  "a query with more columns cannot stand for a list": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(User).whereIn("id", db.from(Post)).many());
    await refused(InvalidQueryError, () => db.from(User).whereIn("id", db.from(Post).select("id", "userId")).many());
  },
  "exists takes a query that may name the outer table": async ({ db }) => {
    const own = db.from(Post).whereColumn("userId", "users.id");
    expect(await db.from(User).whereExists(own).orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.from(User).whereNotExists(own).orderBy("id").pluck("id")).toEqual([3, 4]);
    const popular = own.where("views", ">", 20);
    expect(await db.from(User).where("id", 4).orWhereExists(popular).orderBy("id").pluck("id")).toEqual([1, 4]);
    expect(await db.from(User).where("id", 1).orWhereNotExists(popular).orderBy("id").pluck("id")).toEqual([
      1, 2, 3, 4,
    ]);
    expect(await db.from(User).whereExists(db.from(Post).where("id", 99)).count()).toBe(0);
  },
  "a query that names an outer table cannot stand alone": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).whereColumn("userId", "users.id").many());
    await refused(InvalidQueryError, () => db.from(Post).whereColumn("userId", "users.id").count());
  },
  "only a query of ours is a subquery": async ({ db, refused }) => {
    const lookalike = { toSQL: () => ({ sql: "select 1", parameters: [] }) };
    await refused(InvalidValueError, () => db.from(User).whereIn("id", lookalike).many());
    await refused(InvalidQueryError, () => db.from(User).whereExists(lookalike).many());
  },
});
