import { InvalidQueryError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const aggregates = suite("aggregates", blog, {
  "count counts rows, or values of a column": async ({ db }) => {
    expect(await db.from(User).count()).toBe(4);
    expect(await db.from(User).count("age")).toBe(3);
    expect(await db.from(User).where("age", ">", 100).count()).toBe(0);
    expect(await db.from(Post).where("userId", 1).orWhere("id", 6).count()).toBe(3);
  },
  "sum, avg, min and max take the column's values": async ({ db }) => {
    expect(await db.from(Post).sum("views")).toBe(85);
    expect(await db.from(Post).where("userId", 2).avg("views")).toBe(15);
    expect(await db.from(Post).avg("rating")).toBe(2.75);
    expect(await db.from(Post).min("views")).toBe(0);
    expect(await db.from(Post).max("title")).toBe("Orphan");
    expect(await db.from(User).min("bornOn")).toBe("1983-12-31");
    expect(await db.from(User).max("joinedAt")).toEqual(new Date(Date.UTC(2024, 0, 31, 9, 30, 0, 250)));
  },
  "aggregates of nothing are null": async ({ db }) => {
    const none = db.from(Post).where("id", 99);
    expect(await none.sum("views")).toBeNull();
    expect(await none.avg("views")).toBeNull();
    expect(await none.min("views")).toBeNull();
    expect(await none.max("views")).toBeNull();
    expect(await none.count()).toBe(0);
    expect(await db.from(User).where("id", 4).sum("age")).toBeNull();
  },
  "big integers and decimals add up exactly": async ({ db }) => {
    await db.from(User).where("id", 2).update({ visits: 9007199254740993n, balance: "0.20" });
    expect(await db.from(User).sum("visits")).toBe(18014398509481986n);
    expect(await db.from(User).max("visits")).toBe(9007199254740993n);
    expect(await db.from(User).sum("balance")).toBe("10.80");
    expect(await db.from(User).max("balance")).toBe("10.50");
    expect(await db.from(User).where("id", ">", 1).sum("balance")).toBe("0.30");
  },
  "exists tells whether there is a row": async ({ db }) => {
    expect(await db.from(User).where("age", 30).exists()).toBe(true);
    expect(await db.from(User).where("age", 31).exists()).toBe(false);
    expect(await db.from(User).offset(3).limit(1).exists()).toBe(true);
    expect(await db.from(User).offset(4).limit(1).exists()).toBe(false);
    expect(await db.from(User).limit(0).exists()).toBe(false);
  },
  "aggregates see the query's own rows: distinct, limit, groups": async ({ db }) => {
    expect(await db.from(Post).select("views").distinct().count()).toBe(5);
    expect(await db.from(Post).distinct().count("views")).toBe(5);
    expect(await db.from(Post).orderBy("views", "desc").limit(2).sum("views")).toBe(50);
    expect(await db.from(Post).orderBy("id").offset(4).limit(5).count()).toBe(2);
    expect(await db.from(Post).groupBy("userId").count()).toBe(3);
    expect(await db.from(Post).select("userId").selectCount("n").groupBy("userId").having("n", ">", 2).count()).toBe(1);
  },
  "aggregates see joins": requires("joins", async ({ db }) => {
    const joined = db.from(Post).join(User, "userId", "id").where("users.age", 30);
    expect(await joined.count()).toBe(2);
    expect(await joined.sum("views")).toBe(40);
    expect(await joined.max("users.visits")).toBe(9007199254740993n);
    expect(await db.from(Post).join(User, "userId", "id").exists()).toBe(true);
  }),
  "an order or loads do not disturb aggregates": async ({ db }) => {
    const query = db.from(User).load("posts").withCount("posts").orderBy("postsCount", "desc");
    expect(await query.count()).toBe(4);
    expect(await query.max("age")).toBe(41);
    expect(await query.exists()).toBe(true);
    expect(await query.limit(2).sum("age")).toBe(71);
  },
  "sums are of numbers, and every aggregate of a known column": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(User).sum("name"));
    await refused(InvalidQueryError, () => db.from(User).avg("joinedAt"));
    await refused(InvalidQueryError, () => db.from(User).sum("isActive"));
    for (const method of ["count", "sum", "avg", "min", "max"] as const) {
      await refused(UnknownColumnError, () => db.from(User)[method](untrusted("id) from users --")));
      await refused(UnknownColumnError, () => db.from(User)[method](untrusted({ id: 1 })));
    }
    for (const method of ["sum", "avg", "min", "max"] as const) {
      await refused(InvalidQueryError, () => db.from(User)[method](untrusted(undefined)));
    }
  },
});
