import { InvalidQueryError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const setOperations = suite("set operations", blog, {
  "union gives rows of either query once": requires("set operations", async ({ db }) => {
    const few = db.from(Post).select("id", "title").where("views", 20);
    const other = db.from(Post).select("id", "title").where("userId", 2);
    expect(await few.union(other).orderBy("id").many()).toEqual([
      { id: 3, title: "Gamma" },
      { id: 4, title: "Delta" },
      { id: 5, title: "Epsilon" },
    ]);
    expect(await few.unionAll(other).orderBy("id").pluck("id")).toEqual([3, 3, 4, 5, 5]);
  }),
  "intersect gives rows of both, except rows of the first alone": requires("set operations", async ({ db }) => {
    const few = db.from(Post).select("id").where("views", "<=", 20);
    const other = db.from(Post).select("id").where("userId", 2);
    expect(await few.intersect(other).orderBy("id").pluck("id")).toEqual([3, 4, 5]);
    expect(await few.except(other).orderBy("id").pluck("id")).toEqual([1, 6]);
  }),
  "a limit holds for the whole, one of an inner query for that": requires("set operations", async ({ db }) => {
    const top = db.from(Post).select("id").orderBy("views", "desc").limit(1);
    const low = db.from(Post).select("id").where("views", "<", 10);
    expect(await low.union(top).orderBy("id").pluck("id")).toEqual([2, 4, 6]);
    expect(await low.union(top).orderBy("id", "desc").limit(2).pluck("id")).toEqual([6, 4]);
    expect(await low.union(top).orderBy("id").offset(1).limit(1).pluck("id")).toEqual([4]);
  }),
  "rows of different tables come together": requires("set operations", async ({ db }) => {
    const names = db.from(User).select({ word: "name" }).where("id", "<=", 2);
    const labels = db.from(Tag).select({ word: "label" });
    expect(await names.union(labels).orderBy("word").many()).toEqual([
      { word: "Ann" },
      { word: "Bob" },
      { word: "blue" },
      { word: "green" },
      { word: "red" },
    ]);
  }),
  "a union counts, pages and stands in a filter": requires("set operations", async ({ db }) => {
    const both = db.from(Post).select("userId").where("id", 1).union(db.from(Post).select("userId").where("id", 3));
    expect(await both.count()).toBe(2);
    expect(await both.exists()).toBe(true);
    const { data, meta } = await both.orderBy("userId").paginate({ perPage: 1, page: 2 });
    expect(data).toEqual([{ userId: 2 }]);
    expect(meta.total).toBe(2);
    expect(await db.from(User).whereIn("id", both).orderBy("id").pluck("name")).toEqual(["Ann", "Bob"]);
  }),
  "values of all parts keep their places": requires("set operations", async ({ db }) => {
    const one = db.from(Post).select("id").where("title", "Alpha").whereIn("views", [10, 11]);
    const two = db.from(Post).select("id").where("title", "Gamma").limit(1);
    const three = db.from(Post).select("id").whereBetween("views", [25, 35]);
    const all = one.union(two).union(three).orderBy("id").limit(10);
    expect(await all.pluck("id")).toEqual([1, 2, 3]);
    // A list is one parameter, or as many as it has values.
    expect([7, 8]).toContain(all.toSQL().parameters.length);
  }),
  "only queries combine": async ({ db, refused }) => {
    for (const method of ["union", "unionAll", "intersect", "except"] as const) {
      await refused(InvalidQueryError, () => db.from(Post)[method](untrusted("select 1")));
      await refused(InvalidQueryError, () => db.from(Post)[method](untrusted({ toSQL: () => "select 1" })));
    }
  },
});
