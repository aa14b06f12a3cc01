import { InvalidQueryError, InvalidValueError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { clock, Counter, Product, store } from "../models/store.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const firstOrCreate = suite("first or create", store, {
  "the row that is there is given, else one is made of both parts": async ({ db }) => {
    const made = await db.from(Product).firstOrCreate({ sku: "a" }, { stock: 4 });
    expect(made).toMatchObject({ sku: "a", stock: 4, size: 5 });
    expect(made).toBeInstanceOf(Product);
    expect(await db.from(Product).firstOrCreate({ sku: "a" }, { stock: 9 })).toEqual(made);
    expect(await db.from(Product).count()).toBe(1);
    expect(await db.from(Counter).firstOrCreate({ name: "second" })).toMatchObject({ name: "second", hits: null });
  },
  "null in the search finds null": async ({ db }) => {
    await db.from(Product).insert({ sku: "a", name: null });
    expect(await db.from(Product).firstOrCreate({ sku: "a", name: null })).toMatchObject({ sku: "a" });
    expect(await db.from(Product).count()).toBe(1);
  },
  "the query's alternatives are searched as a group": async ({ db }) => {
    await db.from(Counter).insertMany([
      { name: "b", hits: 2 },
      { name: "c", hits: 3 },
    ]);
    const query = db.from(Counter).where("hits", 2).orWhere("hits", 3);
    expect(await query.firstOrNew({ name: "c" })).toMatchObject({ name: "c", hits: 3 });
    expect(await query.firstOrNew({ name: "first" })).toEqual({ name: "first" });
    expect(await query.where({ name: "first" }).one()).toMatchObject({ name: "b" });
    expect(await query.firstOrNew({ name: "first" }, { hits: 8 })).toEqual({ name: "first", hits: 8 });
  },
  "concurrent callers get one row": async ({ db }) => {
    const all = await Promise.all(
      Array.from({ length: 32 }, (_, stock) => db.from(Product).firstOrCreate({ sku: "same" }, { stock })),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await db.from(Product).count()).toBe(1);
  },
  "updateOrCreate changes the row that is there": async ({ db }) => {
    const made = await db.from(Product).updateOrCreate({ sku: "a" }, { stock: 1 });
    expect(made).toMatchObject({ sku: "a", stock: 1 });
    clock.now = new Date("2024-07-01T00:00:00Z");
    const changed = await db.from(Product).updateOrCreate({ sku: "a" }, { stock: 2, name: "N" });
    expect(changed).toEqual({ ...made, stock: 2, name: "N", updatedAt: clock.now });
    expect(await db.from(Product).sole()).toEqual(changed);
    expect(await db.from(Product).updateOrCreate({ sku: "a" })).toEqual(changed);
  },
  "updateOrCreate gives the row as stored even when it no longer matches": async ({ db }) => {
    const query = db.from(Counter).where("hits", 1);
    expect(await query.updateOrCreate({ name: "first" }, { hits: 2 })).toMatchObject({ name: "first", hits: 2 });
    const renamed = await db.from(Counter).updateOrCreate({ name: "first" }, { name: "renamed", hits: 3 });
    expect(renamed).toMatchObject({ name: "renamed", hits: 3 });
    expect(await db.from(Counter).pluck("name")).toEqual(["renamed"]);
  },
  "firstOrNew saves nothing": async ({ db }) => {
    const fresh = await db.from(Product).firstOrNew({ sku: "a" }, { stock: 3 });
    expect(fresh).toEqual({ sku: "a", stock: 3 });
    expect(fresh).toBeInstanceOf(Product);
    expect(await db.from(Product).count()).toBe(0);
    await db.from(Product).insert({ sku: "a", stock: 1 });
    expect(await db.from(Product).firstOrNew({ sku: "a" }, { stock: 3 })).toMatchObject({ stock: 1 });
  },
  "a search needs values, and none of them undefined": async ({ db, refused }) => {
    for (const method of ["firstOrCreate", "updateOrCreate", "firstOrNew"] as const) {
      const to = db.from(Product);
      await refused(InvalidQueryError, () => to[method]({}));
      await refused(InvalidValueError, () => to[method](untrusted({ sku: undefined })));
      await refused(InvalidValueError, () => to[method](untrusted(null)));
      await refused(InvalidValueError, () => to[method](untrusted({ sku: { "!=": "" } })));
      await refused(InvalidValueError, () => to[method](untrusted({ sku: ["a"] })));
      await refused(UnknownColumnError, () => to[method](untrusted({ nope: 1 })));
      await refused(UnknownColumnError, () => to[method]({ sku: "a" }, untrusted({ nope: 1 })));
      await refused(InvalidValueError, () => to[method]({ sku: "a" }, untrusted([])));
    }
    expect(await db.from(Product).count()).toBe(0);
  },
  "what the query selects does not narrow the row": async ({ db }) => {
    const query = db.from(Counter).select("hits");
    expect(await query.updateOrCreate({ name: "first" }, { hits: 5 })).toMatchObject({
      name: "first",
      hits: 5,
      big: 9007199254740993n,
    });
    expect(await query.firstOrCreate({ name: "first" })).toMatchObject({ name: "first", hits: 5, total: "0.10" });
  },
});
