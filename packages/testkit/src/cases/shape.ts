import { InvalidQueryError, InvalidValueError, UnknownColumnError, UnsupportedError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const shape = suite("select, order and limit", blog, {
  "rows are instances of the model with exactly the selected properties": async ({ db }) => {
    const [whole] = await db.from(Post).where("id", 1).many();
    expect(whole).toBeInstanceOf(Post);
    expect(whole).toEqual({ id: 1, userId: 1, title: "Alpha", views: 10, rating: 4.5 });
    const [some] = await db.from(Post).select("title", "id").where("id", 1).many();
    expect(some).toBeInstanceOf(Post);
    expect(Object.entries(some ?? {})).toEqual([
      ["title", "Alpha"],
      ["id", 1],
    ]);
    expect({ ...some }).toEqual({ title: "Alpha", id: 1 });
    expect(structuredClone({ ...whole })).toEqual(whole);
  },
  "values have the type of their column": async ({ db }) => {
    expect(await db.from(User).find(1)).toEqual({
      id: 1,
      name: "Ann",
      email: "ann@example.com",
      age: 30,
      isActive: true,
      balance: "10.50",
      visits: 9007199254740993n,
      bornOn: "1994-02-28",
      joinedAt: new Date(Date.UTC(2024, 0, 1, 9, 30, 0, 250)),
      password: "secret",
    });
  },
  "columns may be selected under other names": async ({ db }) => {
    const rows = await db
      .from(User)
      .select({ who: "name", active: "isActive", seen: "joinedAt" })
      .where("id", 2)
      .many();
    expect(rows).toEqual([{ who: "Bob", active: false, seen: new Date(Date.UTC(2024, 0, 15, 9, 30, 0, 250)) }]);
    expect(await db.from(User).select({ name: "email", email: "name" }).where("id", 2).many()).toEqual([
      { name: "bob@example.com", email: "Bob" },
    ]);
  },
  "distinct gives equal rows once": async ({ db }) => {
    expect(await db.from(Post).select("userId").distinct().orderBy("userId").pluck("userId")).toEqual([null, 1, 2]);
    expect(await db.from(Post).select("userId", "views").distinct().orderBy("userId").orderBy("views").many()).toEqual([
      { userId: null, views: 0 },
      { userId: 1, views: 10 },
      { userId: 1, views: 30 },
      { userId: 2, views: 5 },
      { userId: 2, views: 20 },
    ]);
  },
  "distinct rows are ordered and related by what they show": async ({ db, refused }) => {
    const error = await refused(InvalidQueryError, () =>
      db.from(Post).select("userId").distinct().orderBy("views").many(),
    );
    expect(error).toMatchObject({ model: "posts", column: "views" });
    await refused(InvalidQueryError, () => db.from(Post).select("views").distinct().load("user").many());
    await refused(InvalidQueryError, () =>
      db
        .from(User)
        .load("posts", (q) => q.select("views").distinct().limit(1))
        .many(),
    );
    const shown = await db.from(Post).select("userId").distinct().orderBy("userId").load("user").many();
    expect(shown.map(({ user }) => user?.id)).toEqual([undefined, 1, 2]);
  },
  "orders apply one after the other": async ({ db }) => {
    const query = db.from(Post).orderBy("userId", "desc").orderBy("views").orderBy("id", "desc");
    expect(await query.pluck("id")).toEqual([4, 5, 3, 1, 2, 6]);
  },
  "a random order gives every row": async ({ db }) => {
    const ids = await db.from(Post).inRandomOrder().pluck("id");
    expect(ids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  },
  "limit and offset cut the result": async ({ db }) => {
    const query = db.from(Post).orderBy("id");
    expect(await query.limit(2).pluck("id")).toEqual([1, 2]);
    expect(await query.limit(2).offset(5).pluck("id")).toEqual([6]);
    expect(await query.offset(4).pluck("id")).toEqual([5, 6]);
    expect(await query.limit(0).many()).toEqual([]);
    expect(await query.limit(5).limit(1).pluck("id")).toEqual([1]);
  },
  "limit and offset are whole numbers, 0 or more": async ({ db, refused }) => {
    for (const count of [
      "1",
      "1; drop table posts",
      -1,
      1.5,
      Number.NaN,
      Infinity,
      2 ** 53,
      null,
      undefined,
      {},
      [1],
      1n,
    ]) {
      await refused(InvalidValueError, () => db.from(Post).limit(untrusted(count)));
      await refused(InvalidValueError, () => db.from(Post).offset(untrusted(count)));
      await refused(InvalidValueError, () => db.from(Post).maxRows(untrusted(count)));
    }
  },
  "unknown columns are refused at run time too": async ({ db, refused }) => {
    for (const name of [
      "nope",
      "user_id",
      "posts.nope",
      "nobody.id",
      "id; --",
      "*",
      "",
      "__proto__",
      "constructor",
      1,
      null,
      ["id"],
    ]) {
      await refused(UnknownColumnError, () => db.from(Post).select(untrusted(name)).many());
      await refused(UnknownColumnError, () =>
        db
          .from(Post)
          .select({ id: untrusted(name) })
          .many(),
      );
      await refused(UnknownColumnError, () => db.from(Post).orderBy(untrusted(name)).many());
      await refused(UnknownColumnError, () => db.from(Post).where(untrusted(name), untrusted(1)).many());
      await refused(UnknownColumnError, () => db.from(Post).whereNull(untrusted(name)).many());
      await refused(UnknownColumnError, () => db.from(Post).groupBy(untrusted(name)).many());
      await refused(UnknownColumnError, () => db.from(Post).pluck(untrusted(name)));
      await refused(UnknownColumnError, () => db.from(Post).whereColumn("id", untrusted(name)).many());
    }
  },
  "unknown directions and places of nulls are refused at run time too": async ({ db, refused }) => {
    for (const direction of ["up", "ASC", "asc; drop table posts", "", null, 1, {}]) {
      await refused(InvalidQueryError, () => db.from(Post).orderBy("id", untrusted(direction)));
    }
    for (const nulls of ["middle", "FIRST", 1, {}, null]) {
      await refused(InvalidQueryError, () => db.from(Post).orderBy("id", "asc", untrusted({ nulls })));
    }
  },
  "selecting nothing is refused": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).select());
    await refused(InvalidQueryError, () => db.from(Post).select({}));
  },
  "an alias must be free": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).select({ "": "id" }));
    await refused(InvalidQueryError, () => db.from(Post).select(JSON.parse('{"__proto__":"id"}')));
  },
  "distinct on is refused by name where there is none": requires("no distinct on", async ({ db, refused }) => {
    const error = await refused(UnsupportedError, () => db.from(Post).distinctOn("userId").many());
    expect(error.capability).toBe("distinctOn");
  }),
  "distinct on gives the first row of each value": requires("distinct on", async ({ db }) => {
    const query = db.from(Post).distinctOn("userId").orderBy("userId").orderBy("views", "desc").orderBy("id");
    expect(await query.pluck("id")).toEqual([6, 2, 3]);
  }),
});
