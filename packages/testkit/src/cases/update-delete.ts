import { InvalidQueryError, InvalidValueError, TooManyRowsError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, PostTag, Tag, User } from "../models/blog.ts";
import { clock, Counter, Product, store } from "../models/store.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const updateDelete = suite("update and delete", blog, {
  "a write says how many rows it touched": async ({ db }) => {
    expect(await db.from(Post).where("userId", 2).update({ title: "Same", views: 1 })).toBe(3);
    expect(await db.from(Post).where("title", "Same").orderBy("id").pluck("id")).toEqual([3, 4, 5]);
    expect(await db.from(Post).where("id", 99).update({ views: 1 })).toBe(0);
    expect(await db.from(Post).where("userId", 2).orWhere("id", 6).delete()).toBe(4);
    expect(await db.from(Post).orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.from(Post).where("id", 99).delete()).toBe(0);
  },
  "null and every type are written": async ({ db }) => {
    const values = { age: null, isActive: false, balance: "0.01", visits: -5n, bornOn: null, joinedAt: new Date(0) };
    await db.from(User).where("id", 1).update(values);
    expect(await db.from(User).find(1)).toMatchObject(values);
  },
  "only the given columns change": async ({ db }) => {
    const before = await db.from(Post).orderBy("id").many();
    await db.from(Post).where("id", 1).update({ title: "New" });
    expect(await db.from(Post).orderBy("id").many()).toEqual([{ ...before[0], title: "New" }, ...before.slice(1)]);
  },
  "returning gives the rows that were written": requires("returning", async ({ db }) => {
    const updated = await db.from(Post).where("userId", 1).returning("id", "views").update({ views: 7 });
    expect(updated.toSorted((a, b) => a.id - b.id)).toEqual([
      { id: 1, views: 7 },
      { id: 2, views: 7 },
    ]);
    const whole = await db.from(User).where("id", 1).returning().update({ name: "Anna" });
    expect(whole).toEqual([await db.from(User).find(1)]);
    expect(whole[0]).toBeInstanceOf(User);
    expect(await db.from(Post).where("id", 6).returning("title").delete()).toEqual([{ title: "Orphan" }]);
    expect(await db.from(Post).where("id", 99).returning("title").delete()).toEqual([]);
  }),
  "a limited write touches that many rows in order": async ({ db }) => {
    expect(
      await db
        .from(Post)
        .where("views", ">", 1)
        .orderBy("views", "desc")
        .orderBy("id")
        .limit(2)
        .update({ title: "Top" }),
    ).toBe(2);
    expect(await db.from(Post).where("title", "Top").orderBy("id").pluck("id")).toEqual([2, 3]);
    expect(await db.from(Post).where("id", ">", 0).orderBy("id").offset(4).limit(5).delete()).toBe(2);
    expect(await db.from(Post).orderBy("id").pluck("id")).toEqual([1, 2, 3, 4]);
  },
  "a joined write touches rows of its own model": requires("joins", async ({ db }) => {
    expect(await db.from(Post).join(User, "userId", "id").where("users.name", "Ann").update({ views: 0 })).toBe(2);
    expect(await db.from(Post).where("views", 0).orderBy("id").pluck("id")).toEqual([1, 2, 6]);
    expect(await db.from(Post).leftJoin(User, "userId", "id").whereNull("users.id").delete()).toBe(1);
    expect(await db.from(User).count()).toBe(4);
  }),
  "relations and subqueries filter writes": async ({ db }) => {
    expect(await db.from(User).whereDoesntHave("posts").update({ age: 1 })).toBe(2);
    expect(await db.from(User).where("age", 1).orderBy("id").pluck("id")).toEqual([3, 4]);
    expect(await db.from(Tag).whereNotIn("id", db.from(PostTag).select("tagId")).delete()).toBe(1);
    expect(await db.from(Tag).orderBy("id").pluck("id")).toEqual([1, 2]);
  },
  "maxRows rolls back a write that matches more": requires("transactions", async ({ db }) => {
    await expect(db.from(Post).where("userId", 2).maxRows(2).delete()).rejects.toBeInstanceOf(TooManyRowsError);
    await expect(db.from(Post).where("userId", 2).maxRows(2).update({ views: 9 })).rejects.toMatchObject({
      code: "TOO_MANY_ROWS",
    });
    expect(await db.from(Post).where("userId", 2).orderBy("id").pluck("views")).toEqual([20, 5, 20]);
    expect(await db.from(Post).where("userId", 2).maxRows(3).update({ views: 9 })).toBe(3);
    await expect(db.from(Post).where("id", 1).maxRows(0).delete()).rejects.toBeInstanceOf(TooManyRowsError);
    expect(await db.from(Post).where("id", 99).maxRows(0).delete()).toBe(0);
  }),
  "what a write cannot carry is refused": async ({ db, refused }) => {
    const query = db.from(Post).where("id", 1);
    const other = db.from(Post).where("id", 2);
    const wrong = [query.union(other), query.unionAll(other), query.except(other), query.select("id").distinct()];
    for (const one of wrong) {
      await refused(InvalidQueryError, () => one.delete());
      await refused(InvalidQueryError, () => one.update({ views: 0 }));
    }
    expect(await db.from(Post).count()).toBe(6);
  },
  "truncate empties a table, and only as a whole": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(PostTag).where("postId", 1).truncate());
    await refused(InvalidQueryError, () => db.from(PostTag).limit(1).truncate());
    expect(await db.from(PostTag).count()).toBe(4);
    await db.from(PostTag).truncate();
    expect(await db.from(PostTag).count()).toBe(0);
    expect(await db.from(Post).count()).toBe(6);
  },
  "wrong names and values are refused": async ({ db, refused }) => {
    const query = db.from(Post).where("id", 1);
    await refused(UnknownColumnError, () => query.update(untrusted({ nope: 1 })));
    await refused(UnknownColumnError, () => query.update(untrusted({ user_id: 1 })));
    await refused(UnknownColumnError, () => query.update(JSON.parse('{"__proto__":1}')));
    await refused(UnknownColumnError, () => query.returning(untrusted("nope")));
    await refused(InvalidQueryError, () => query.update({}));
    await refused(InvalidValueError, () => query.update(untrusted({ title: undefined })));
    for (const data of [undefined, null, [], "x", 1])
      await refused(InvalidValueError, () => query.update(untrusted(data)));
    for (const value of [{}, ["x"], 1, true]) {
      await refused(InvalidValueError, () => query.update({ title: untrusted(value) }));
    }
  },
});

export const increments = suite("increments", store, {
  "a column grows and shrinks in the database": async ({ db }) => {
    const query = db.from(Counter).where("name", "first");
    expect(await query.increment("hits")).toBe(1);
    expect(await query.increment("hits", 5)).toBe(1);
    expect(await query.decrement("hits", 2)).toBe(1);
    expect(await query.value("hits")).toBe(5);
    await Promise.all(Array.from({ length: 20 }, () => query.increment("hits")));
    expect(await query.value("hits")).toBe(25);
  },
  "every kind of number is added exactly": async ({ db }) => {
    const query = db.from(Counter).where("name", "first");
    await query.increment(untrusted("total"), "0.20");
    await query.increment("big", 2n);
    await query.decrement("ratio", 0.25);
    expect(await query.sole()).toMatchObject({ total: "0.30", big: 9007199254740995n, ratio: 0.25 });
  },
  "other columns change with it, automatic ones too": async ({ db }) => {
    const { id } = await db.from(Product).insert({ sku: "a" });
    clock.now = new Date("2024-08-01T00:00:00Z");
    await db.from(Product).where("id", id).increment("stock", 3, { name: "N" });
    expect(await db.from(Product).find(id)).toMatchObject({ stock: 3, name: "N", updatedAt: clock.now });
  },
  "nothing plus one stays nothing": async ({ db }) => {
    await db.from(Counter).where("name", "first").update({ hits: null });
    await db.from(Counter).where("name", "first").increment("hits");
    expect(await db.from(Counter).value("hits")).toBeNull();
  },
  "only columns of numbers step, by numbers": async ({ db, refused }) => {
    const query = db.from(Counter).where("name", "first");
    await refused(InvalidQueryError, () => query.increment(untrusted("name")));
    await refused(InvalidQueryError, () => query.increment(untrusted("name"), untrusted("x")));
    await refused(InvalidQueryError, () => query.decrement(untrusted("seenAt"), untrusted(1)));
    await refused(UnknownColumnError, () => query.increment(untrusted("nope")));
    for (const by of [{}, [1], null, "x", Number.NaN, true, "1; --", Infinity, 1.5]) {
      await refused(InvalidValueError, () => query.increment("hits", untrusted(by)));
    }
    await refused(UnknownColumnError, () => query.increment("hits", 1, untrusted({ nope: 1 })));
    await refused(InvalidValueError, () => query.increment("hits", 1, untrusted({ total: {} })));
    expect(await query.value("hits")).toBe(1);
  },
});
