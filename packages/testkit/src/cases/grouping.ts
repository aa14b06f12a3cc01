import { InvalidQueryError, InvalidValueError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const grouping = suite("grouping", blog, {
  "groups give one row for each value": async ({ db }) => {
    const rows = await db
      .from(Post)
      .select("userId")
      .selectCount("posts")
      .selectSum("views", "total")
      .selectAvg("views", "average")
      .selectMin("title", "first")
      .selectMax("rating", "best")
      .groupBy("userId")
      .orderBy("userId", "asc", { nulls: "last" })
      .many();
    expect(rows).toEqual([
      { userId: 1, posts: 2, total: 40, average: 20, first: "Alpha", best: 4.5 },
      { userId: 2, posts: 3, total: 45, average: 15, first: "Delta", best: 3 },
      { userId: null, posts: 1, total: 0, average: 0, first: "Orphan", best: null },
    ]);
  },
  "several columns group together": async ({ db }) => {
    const query = db.from(Post).select("userId", "views").selectCount("n").groupBy("userId", "views");
    expect(await query.having("n", ">", 1).many()).toEqual([{ userId: 2, views: 20, n: 2 }]);
    const chained = db.from(Post).select("userId", "views").selectCount("n").groupBy("userId").groupBy("views");
    expect(await chained.having("n", 2).many()).toEqual([{ userId: 2, views: 20, n: 2 }]);
  },
  "having filters groups by an alias or a column": async ({ db }) => {
    const query = db.from(Post).select("userId").selectSum("views", "total").groupBy("userId").orderBy("userId");
    expect(await query.having("total", ">=", 45).pluck("userId")).toEqual([2]);
    expect(await query.having("total", "=", 0).orHaving("total", ">", 41).pluck("userId")).toEqual([null, 2]);
    expect(await query.having("userId", 1).pluck("userId")).toEqual([1]);
  },
  "having filters groups by raw text": requires("raw", async ({ db }) => {
    const query = db.from(Post).select("userId").selectSum("views", "total").groupBy("userId").orderBy("userId");
    expect(await query.havingRaw("count(*) > ?", [2]).pluck("userId")).toEqual([2]);
    expect(await query.having("userId", 1).orHavingRaw("sum(views) = ?", [0]).pluck("userId")).toEqual([null, 1]);
  }),
  "exact types survive an aggregate column": async ({ db }) => {
    const rows = await db
      .from(User)
      .select("age")
      .selectSum("balance", "balance_")
      .selectMax("visits", "visits_")
      .selectMax("joinedAt", "last")
      .whereNotNull("age")
      .groupBy("age")
      .orderBy("age")
      .many();
    expect(rows).toEqual([
      {
        age: 30,
        balance_: "10.50",
        visits_: 9007199254740993n,
        last: new Date(Date.UTC(2024, 0, 31, 9, 30, 0, 250)),
      },
      { age: 41, balance_: "0.00", visits_: 0n, last: new Date(Date.UTC(2024, 0, 15, 9, 30, 0, 250)) },
    ]);
  },
  "a computed column can be ordered by": async ({ db }) => {
    const query = db.from(Post).select("userId").selectCount("n").groupBy("userId");
    expect(await query.orderBy("n", "desc").pluck("userId")).toEqual([2, 1, null]);
    expect(await query.orderBy("n").limit(1).pluck("userId")).toEqual([null]);
  },
  "a computed column cannot hide another": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).select("userId").selectCount(untrusted("userId")));
    await refused(InvalidQueryError, () => db.from(Post).selectCount("n").selectSum("views", "n"));
    await refused(InvalidQueryError, () => db.from(Post).selectCount(""));
    await refused(InvalidQueryError, () => db.from(Post).selectCount("__proto__"));
    await refused(InvalidQueryError, () => db.from(Post).selectCount(untrusted(1)));
  },
  "wrong names, operators and values are refused": async ({ db, refused }) => {
    const query = db.from(Post).select("userId").selectCount("n").groupBy("userId");
    await refused(UnknownColumnError, () => query.groupBy(untrusted("nope")));
    await refused(UnknownColumnError, () => query.having(untrusted("nope"), 1));
    await refused(InvalidQueryError, () => query.having("n", untrusted("like"), 1));
    await refused(InvalidQueryError, () => query.orHaving("n", untrusted("> 0 or 1"), 1));
    await refused(InvalidValueError, () => query.having("n", untrusted(undefined)));
    await refused(InvalidValueError, () => query.having("n", untrusted({ ">": 0 })).many());
    await refused(InvalidQueryError, () => query.selectSum(untrusted("title"), "t"));
  },
});
