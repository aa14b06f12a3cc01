import { raw } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";

export const filters = suite("filters", blog, {
  "a column and a value mean equality": async ({ db }) => {
    expect(await db.from(User).where("name", "Ann").pluck("id")).toEqual([1]);
    expect(await db.from(User).where("isActive", false).pluck("id")).toEqual([2]);
    expect(await db.from(User).where("visits", 9007199254740993n).pluck("id")).toEqual([1]);
    expect(await db.from(User).where("balance", "10.5").pluck("id")).toEqual([1]);
    expect(await db.from(User).where("bornOn", "1994-02-28").pluck("id")).toEqual([1]);
    expect(
      await db
        .from(User)
        .where("joinedAt", new Date(Date.UTC(2024, 0, 15, 9, 30, 0, 250)))
        .pluck("id"),
    ).toEqual([2]);
  },
  "every comparison operator compares": async ({ db }) => {
    const ids = (operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") =>
      db.from(Post).where("views", operator, 20).orderBy("id").pluck("id");
    expect(await ids("=")).toEqual([3, 5]);
    expect(await ids("!=")).toEqual([1, 2, 4, 6]);
    expect(await ids("<>")).toEqual([1, 2, 4, 6]);
    expect(await ids("<")).toEqual([1, 4, 6]);
    expect(await ids("<=")).toEqual([1, 3, 4, 5, 6]);
    expect(await ids(">")).toEqual([2]);
    expect(await ids(">=")).toEqual([2, 3, 5]);
  },
  "decimals, big integers and dates compare by value, not as text": async ({ db }) => {
    expect(await db.from(User).where("balance", ">", "9").pluck("id")).toEqual([1]);
    expect(await db.from(User).where("balance", "<", "2").orderBy("id").pluck("id")).toEqual([2, 3, 4]);
    expect(await db.from(User).where("visits", ">", 9007199254740992n).pluck("id")).toEqual([1]);
    expect(
      await db
        .from(User)
        .where("joinedAt", "<", new Date(Date.UTC(2024, 0, 15)))
        .pluck("id"),
    ).toEqual([1]);
    expect(await db.from(User).orderBy("balance", "desc").limit(2).pluck("balance")).toEqual(["10.50", "0.10"]);
  },
  "an object means all of its equalities": async ({ db }) => {
    expect(await db.from(User).where({ age: 30, isActive: true }).orderBy("id").pluck("name")).toEqual(["Ann", "Cid"]);
    expect(await db.from(User).where({ age: null, name: "Dee" }).pluck("name")).toEqual(["Dee"]);
    expect(await db.from(User).where({}).count()).toBe(4);
  },
  "and binds stronger than or": async ({ db }) => {
    const query = db.from(Post).where("userId", 1).where("views", ">", 20).orWhere("id", 6).where("views", 0);
    expect(await query.orderBy("id").pluck("id")).toEqual([2, 6]);
  },
  "a negated condition leaves out nulls": async ({ db }) => {
    expect(await db.from(User).whereNot("age", 41).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(User).whereNot("age", ">", 30).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(User).where("id", 4).orWhereNot("age", 30).orderBy("id").pluck("id")).toEqual([2, 4]);
    expect(await db.from(User).whereNot({ age: 30, name: "Ann" }).orderBy("id").pluck("id")).toEqual([2, 3, 4]);
  },
  "between includes its ends": async ({ db }) => {
    expect(await db.from(Post).whereBetween("views", [5, 20]).orderBy("id").pluck("id")).toEqual([1, 3, 4, 5]);
    expect(await db.from(Post).whereNotBetween("views", [5, 20]).orderBy("id").pluck("id")).toEqual([2, 6]);
    expect(await db.from(Post).where("views", "between", [20, 30]).orderBy("id").pluck("id")).toEqual([2, 3, 5]);
    expect(await db.from(Post).where("views", "not between", [0, 20]).pluck("id")).toEqual([2]);
    const either = db.from(Post).where("id", 6).orWhereBetween("views", [30, 40]).orWhereNotBetween("views", [0, 30]);
    expect(await either.orderBy("id").pluck("id")).toEqual([2, 6]);
  },
  "columns are compared with columns": async ({ db }) => {
    expect(await db.from(Post).whereColumn("userId", "id").orderBy("id").pluck("id")).toEqual([1]);
    expect(await db.from(Post).whereColumn("id", "<", "userId").pluck("id")).toEqual([]);
    const either = db.from(Post).where("id", 6).orWhereColumn("id", "=", "userId");
    expect(await either.orderBy("id").pluck("id")).toEqual([1, 6]);
  },
  "a value may be an expression of the engine's own": requires("raw", async ({ db }) => {
    expect(
      await db
        .from(Post)
        .where("views", "=", raw("5 * ?", [4]))
        .orderBy("id")
        .pluck("id"),
    ).toEqual([3, 5]);
    expect(
      await db
        .from(Post)
        .whereIn("views", [30, raw("2 + 3")])
        .orderBy("id")
        .pluck("id"),
    ).toEqual([2, 4]);
  }),
  "values of one shape share a statement": async ({ db }) => {
    const shape = (name: string, views: number) =>
      db.from(Post).where("title", name).orWhere("views", ">", views).limit(views).toSQL();
    expect(shape("x' or 1=1 --", 3).sql).toBe(shape("y", 1).sql);
    expect(shape("y", 7).parameters.map(String)).toEqual(["y", "7", "7"]);
  },
});
