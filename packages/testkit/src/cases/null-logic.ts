import { InvalidQueryError, InvalidValueError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const nullLogic = suite("null logic", blog, {
  "null as a value finds nulls": async ({ db }) => {
    expect(await db.from(User).where("age", null).pluck("id")).toEqual([4]);
    expect(await db.from(User).where("age", "=", null).pluck("id")).toEqual([4]);
    expect(await db.from(User).where("age", "is", null).pluck("id")).toEqual([4]);
    expect(await db.from(User).whereNull("age").pluck("id")).toEqual([4]);
    expect(await db.from(User).where("id", 1).orWhere("age", null).orderBy("id").pluck("id")).toEqual([1, 4]);
    expect(await db.from(User).where("id", 1).orWhereNull("age").orderBy("id").pluck("id")).toEqual([1, 4]);
  },
  "null with a negated operator finds the others": async ({ db }) => {
    expect(await db.from(User).where("age", "!=", null).orderBy("id").pluck("id")).toEqual([1, 2, 3]);
    expect(await db.from(User).where("age", "<>", null).orderBy("id").pluck("id")).toEqual([1, 2, 3]);
    expect(await db.from(User).where("age", "is not", null).orderBy("id").pluck("id")).toEqual([1, 2, 3]);
    expect(await db.from(User).whereNotNull("age").orderBy("id").pluck("id")).toEqual([1, 2, 3]);
    expect(await db.from(User).whereNot("age", null).orderBy("id").pluck("id")).toEqual([1, 2, 3]);
    const either = db.from(User).where("id", 4).orWhereNotNull("age");
    expect(await either.orderBy("id").pluck("id")).toEqual([1, 2, 3, 4]);
  },
  "a comparison leaves out rows without a value": async ({ db }) => {
    const ids = (operator: "=" | "!=" | "<" | "<=" | ">" | ">=") =>
      db.from(User).where("age", operator, 30).orderBy("id").pluck("id");
    expect(await ids("=")).toEqual([1, 3]);
    expect(await ids("!=")).toEqual([2]);
    expect(await ids("<")).toEqual([]);
    expect(await ids("<=")).toEqual([1, 3]);
    expect(await ids(">")).toEqual([2]);
    expect(await ids(">=")).toEqual([1, 2, 3]);
    expect(await db.from(User).whereNotBetween("age", [1, 35]).pluck("id")).toEqual([2]);
    expect(await db.from(User).whereNotIn("age", [41]).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(Post).whereColumn("userId", "!=", "id").orderBy("id").pluck("id")).toEqual([2, 3, 4, 5]);
  },
  "null cannot be greater or less than anything": async ({ db, refused }) => {
    for (const operator of ["<", "<=", ">", ">="] as const) {
      await refused(InvalidQueryError, () => db.from(User).where("age", operator, null).many());
    }
  },
  "nulls come first ascending and last descending unless said otherwise": async ({ db }) => {
    const ids = (direction: "asc" | "desc", nulls?: "first" | "last") =>
      db
        .from(User)
        .orderBy("age", direction, nulls === undefined ? {} : { nulls })
        .orderBy("id")
        .pluck("id");
    expect(await ids("asc")).toEqual([4, 1, 3, 2]);
    expect(await ids("desc")).toEqual([2, 1, 3, 4]);
    expect(await ids("asc", "last")).toEqual([1, 3, 2, 4]);
    expect(await ids("desc", "first")).toEqual([4, 2, 1, 3]);
  },
  "null and undefined in a list are refused instead of matching nothing": async ({ db, refused }) => {
    // oxlint-disable-next-line no-sparse-arrays -- a hole is one more way to give undefined
    for (const list of [[1, null], [undefined], [1, , 2]]) {
      for (const method of ["whereIn", "whereNotIn", "orWhereIn", "orWhereNotIn"] as const) {
        await refused(InvalidValueError, () => db.from(User)[method]("id", untrusted(list)).many());
      }
      await refused(InvalidValueError, () => db.from(User).where("id", "in", untrusted(list)).many());
    }
    expect(await db.from(User).whereNull("age").orWhereIn("age", [30]).count()).toBe(3);
  },
  "not in a query that gives null leaves the null aside": async ({ db }) => {
    const owners = db.from(Post).select("userId");
    expect(await db.from(User).whereNotIn("id", owners).orderBy("id").pluck("id")).toEqual([3, 4]);
    expect(await db.from(User).whereIn("id", owners).orderBy("id").pluck("id")).toEqual([1, 2]);
    const some = owners.orderBy("id", "desc").limit(2);
    expect(await db.from(User).whereNotIn("id", some).orderBy("id").pluck("id")).toEqual([1, 3, 4]);
  },
});
