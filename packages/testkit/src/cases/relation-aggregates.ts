import { InvalidQueryError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, Tag, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const relationAggregates = suite("aggregates of relations", blog, {
  "counts, sums, averages, least and greatest stand beside the columns": async ({ db }) => {
    const query = db
      .from(User)
      .select("name")
      .withCount("posts")
      .withExists("posts")
      .withSum("posts", "views")
      .withAvg("posts", "views")
      .withMin("posts", "title")
      .withMax("posts", "rating")
      .orderBy("id");
    expect(await query.many()).toEqual([
      {
        name: "Ann",
        postsCount: 2,
        postsExists: true,
        postsViewsSum: 40,
        postsViewsAvg: 20,
        postsTitleMin: "Alpha",
        postsRatingMax: 4.5,
      },
      {
        name: "Bob",
        postsCount: 3,
        postsExists: true,
        postsViewsSum: 45,
        postsViewsAvg: 15,
        postsTitleMin: "Delta",
        postsRatingMax: 3,
      },
      {
        name: "Cid",
        postsCount: 0,
        postsExists: false,
        postsViewsSum: null,
        postsViewsAvg: null,
        postsTitleMin: null,
        postsRatingMax: null,
      },
      {
        name: "Dee",
        postsCount: 0,
        postsExists: false,
        postsViewsSum: null,
        postsViewsAvg: null,
        postsTitleMin: null,
        postsRatingMax: null,
      },
    ]);
  },
  "all columns come along when none was selected": async ({ db }) => {
    expect(await db.from(Tag).withCount("posts").orderBy("id").many()).toEqual([
      { id: 1, label: "red", postsCount: 2 },
      { id: 2, label: "green", postsCount: 2 },
      { id: 3, label: "blue", postsCount: 0 },
    ]);
  },
  "each takes a callback, a name, or both": async ({ db }) => {
    const query = db
      .from(User)
      .select("id")
      .withCount("posts", (q) => q.where("views", ">", 5).orWhere("title", "Delta"), { as: "loud" })
      .withCount("posts", { as: "all" })
      .withExists("posts", (q) => q.where("views", 30), { as: "hasHit" })
      .withSum("posts", "views", (q) => q.where("rating", "<", 4), { as: "lowViews" })
      .withAvg("posts", "rating", { as: "mean" })
      .withMin("posts", "views", (q) => q.where("views", ">", 5), { as: "least" })
      .withMax("posts", "views", (q) => q.whereNull("rating"))
      .whereIn("id", [1, 2])
      .orderBy("id");
    expect(await query.many()).toEqual([
      { id: 1, loud: 2, all: 2, hasHit: true, lowViews: 30, mean: 3.25, least: 10, postsViewsMax: null },
      { id: 2, loud: 3, all: 3, hasHit: false, lowViews: 25, mean: 2.25, least: 20, postsViewsMax: 20 },
    ]);
  },
  "exact types survive": async ({ db }) => {
    const posts = db.from(Post).select("id").where("id", 1);
    expect(await posts.withSum("user", "visits").withSum("user", "balance").withMax("user", "joinedAt").many()).toEqual(
      [
        {
          id: 1,
          userVisitsSum: 9007199254740993n,
          userBalanceSum: "10.50",
          userJoinedAtMax: new Date(Date.UTC(2024, 0, 1, 9, 30, 0, 250)),
        },
      ],
    );
  },
  "many-to-many relations and nested filters count": async ({ db }) => {
    const query = db
      .from(Post)
      .select("id")
      .withCount("tags")
      .withCount("tags", (q) => q.where("label", "red"), { as: "red" });
    expect(await query.orderBy("id").limit(3).many()).toEqual([
      { id: 1, tagsCount: 2, red: 1 },
      { id: 2, tagsCount: 1, red: 1 },
      { id: 3, tagsCount: 1, red: 0 },
    ]);
    const nested = db
      .from(User)
      .select("id")
      .withCount("posts", (q) => q.whereHas("comments", (c) => c.where("userId", 2)));
    expect(await nested.orderBy("id").limit(2).many()).toEqual([
      { id: 1, postsCount: 1 },
      { id: 2, postsCount: 1 },
    ]);
  },
  "they can be ordered by, filtered beside and loaded": async ({ db }) => {
    const query = db.from(User).select("id").withCount("posts").orderBy("postsCount", "desc").orderBy("id", "desc");
    expect(await query.pluck("id")).toEqual([2, 1, 4, 3]);
    expect(await query.limit(1).many()).toEqual([{ id: 2, postsCount: 3 }]);
    const comments = db
      .from(Comment)
      .select("id")
      .load("user", (q) => q.select("id").withCount("posts"))
      .where("id", 1);
    expect(await comments.many()).toEqual([{ id: 1, user: { id: 2, postsCount: 3 } }]);
    const page = await query.paginate({ perPage: 1, page: 2 });
    expect(page.data).toEqual([{ id: 1, postsCount: 2 }]);
  },
  "a name must be free, a column known and a sum of numbers": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(User).withCount("posts").withCount("posts"));
    await refused(InvalidQueryError, () => db.from(User).withCount("posts", { as: "name" }));
    await refused(InvalidQueryError, () => db.from(User).withCount("posts", { as: "__proto__" }));
    await refused(UnknownColumnError, () => db.from(User).withSum("posts", untrusted("nope")));
    await refused(InvalidQueryError, () => db.from(User).withSum("posts", "title"));
    await refused(InvalidQueryError, () => db.from(User).withSum("posts", untrusted(undefined)));
  },
});
