import { InvalidQueryError, InvalidValueError, UniqueViolationError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { clock, Counter, Product, store } from "../models/store.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const upsert = suite("upsert", store, {
  "a new row is inserted, a known one takes what was given": async ({ db }) => {
    const made = await db.from(Product).upsert({ sku: "a", stock: 1, name: "Old" }, { conflict: ["sku"] });
    clock.now = new Date("2024-06-01T00:00:00Z");
    const known = await db.from(Product).upsert({ sku: "a", stock: 2 }, { conflict: ["sku"] });
    expect(known).toEqual({ ...made, stock: 2, updatedAt: clock.now });
    expect(known).toBeInstanceOf(Product);
    expect(await db.from(Product).sole()).toEqual(known);
  },
  "what the application supplies does not overwrite a known row": async ({ db }) => {
    const made = await db.from(Product).insert({ sku: "a", grade: "A" });
    clock.now = new Date("2024-06-01T00:00:00Z");
    const known = await db.from(Product).upsert({ sku: "a" }, { conflict: ["sku"] });
    expect(known).toEqual({ ...made, updatedAt: clock.now });
  },
  "update names the columns to take, none leaves the row alone": async ({ db }) => {
    const made = await db.from(Product).insert({ sku: "a", stock: 1, name: "Old" });
    const some = await db
      .from(Product)
      .upsert({ sku: "a", stock: 9, name: "New" }, { conflict: ["sku"], update: ["name"] });
    expect(some).toEqual({ ...made, name: "New" });
    const none = await db
      .from(Product)
      .upsert({ sku: "a", stock: 9, name: "Other" }, { conflict: ["sku"], update: [] });
    expect(none).toEqual(some);
    expect(await db.from(Product).sole()).toEqual(some);
  },
  "the key may have several columns, or be the primary one": async ({ db }) => {
    const made = await db.from(Product).insert({ sku: "a", shop: "s", slot: 1 });
    const known = await db.from(Product).upsert({ sku: "b", shop: "s", slot: 1 }, { conflict: ["slot", "shop"] });
    expect(known).toMatchObject({ id: made.id, sku: "b" });
    const counter = await db.from(Counter).upsert({ name: "first", hits: 5 }, { conflict: ["name"] });
    expect(counter).toEqual({
      name: "first",
      hits: 5,
      total: "0.10",
      big: 9007199254740993n,
      ratio: 0.5,
      seenAt: null,
    });
  },
  "another unique key that is in the way is an error, and nothing changes": async ({ db }) => {
    await db.from(Product).insertMany([
      { sku: "a", shop: "s", slot: 1 },
      { sku: "b", shop: "s", slot: 2 },
    ]);
    const before = await db.from(Product).orderBy("id").many();
    const clash = db.from(Product).upsert({ sku: "c", shop: "s", slot: 2, stock: 9 }, { conflict: ["sku"] });
    await expect(clash).rejects.toBeInstanceOf(UniqueViolationError);
    expect(await db.from(Product).orderBy("id").many()).toEqual(before);
  },
  "conditions of the query do not matter to an upsert": async ({ db }) => {
    const query = db.from(Counter).where("name", "x").orWhere("hits", 9);
    expect(await query.upsert({ name: "first", hits: 3 }, { conflict: ["name"], update: [] })).toMatchObject({
      hits: 1,
    });
    const either = db.from(Counter).orWhere("name", "x");
    expect(await either.upsert({ name: "first", hits: 3 }, { conflict: ["name"], update: [] })).toMatchObject({
      hits: 1,
    });
    expect(await either.withTrashed().many()).toEqual([]);
  },
  "many rows are upserted in order, all or none": async ({ db }) => {
    const rows = await db.from(Counter).upsertMany(
      [
        { name: "second", hits: 2 },
        { name: "first", hits: 7 },
        { name: "second", hits: 3 },
      ],
      { conflict: ["name"] },
    );
    expect(rows.map(({ name, hits }) => ({ name, hits }))).toEqual([
      { name: "second", hits: 2 },
      { name: "first", hits: 7 },
      { name: "second", hits: 3 },
    ]);
    expect(await db.from(Counter).orderBy("name").pluck("hits")).toEqual([7, 3]);
    const failing = db
      .from(Product)
      .upsertMany([{ sku: "a" }, { sku: "b", shop: "s", slot: 1 }, { sku: "c", shop: "s", slot: 1 }], {
        conflict: ["sku"],
      });
    await expect(failing).rejects.toBeInstanceOf(UniqueViolationError);
    expect(await db.from(Product).count()).toBe(0);
    expect(await db.from(Counter).upsertMany([], { conflict: ["name"] })).toEqual([]);
  },
  "the deciding key must be a unique key of the model, with a value": async ({ db, refused }) => {
    const to = db.from(Product);
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: ["name"] }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: ["shop"] }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: ["sku", "shop"] }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: [] }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, untrusted({})));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, untrusted(undefined)));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: ["sku"], update: untrusted("stock") }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, { conflict: ["shop", "slot"] }));
    await refused(InvalidQueryError, () => to.upsert({ sku: "a" }, untrusted({ conflict: ["sku"], updates: [] })));
    await refused(UnknownColumnError, () => to.upsert({ sku: "a" }, { conflict: [untrusted("nope")] }));
    await refused(UnknownColumnError, () =>
      to.upsert({ sku: "a" }, { conflict: ["sku"], update: [untrusted("nope")] }),
    );
    await refused(UnknownColumnError, () => to.upsert(untrusted({ sku: "a", nope: 1 }), { conflict: ["sku"] }));
    await refused(InvalidValueError, () => to.upsert({ sku: "a", stock: untrusted({}) }, { conflict: ["sku"] }));
    await refused(InvalidValueError, () => to.upsert(untrusted({ sku: undefined }), { conflict: ["sku"] }));
    expect(await db.from(Product).count()).toBe(0);
  },
});
