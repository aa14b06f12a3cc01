import {
  CheckViolationError,
  InvalidQueryError,
  InvalidValueError,
  NotNullViolationError,
  UniqueViolationError,
  UnknownColumnError,
  isConstraint,
} from "@mortise/core";
import { expect } from "vitest";
import { clock, Counter, Event, Product, store } from "../models/store.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const insert = suite("insert", store, {
  "insert gives the stored row, defaults included": async ({ db }) => {
    const row = await db.from(Product).insert({ sku: "a" });
    expect(row).toBeInstanceOf(Product);
    expect(row).toEqual({
      id: expect.any(Number),
      sku: "a",
      shop: "main",
      slot: null,
      name: null,
      stock: 0,
      price: "1.50",
      sold: 0n,
      isNew: true,
      size: 5,
      tags: null,
      token: expect.stringMatching(uuid),
      grade: "B",
      createdAt: clock.now,
      updatedAt: clock.now,
    });
    expect(await db.from(Product).sole()).toEqual(row);
  },
  "a given value wins over every default": async ({ db }) => {
    const given = {
      id: 77,
      sku: "a",
      shop: "other",
      slot: 1,
      name: "Name",
      stock: 5,
      price: "2.25",
      sold: 9007199254740993n,
      isNew: false,
      size: 1,
      tags: ["x", "y"],
      token: "0d1e2f3a-0000-4000-8000-000000000000",
      grade: "A",
      createdAt: new Date("2020-01-01T00:00:00Z"),
      updatedAt: new Date("2020-01-02T00:00:00Z"),
    };
    expect(await db.from(Product).insert(given)).toEqual(given);
    expect(await db.from(Product).find(77)).toEqual(given);
    const empty = await db
      .from(Product)
      .insert({ sku: "b", token: null, grade: null, createdAt: null, updatedAt: null });
    expect(empty).toMatchObject({ token: null, grade: null, createdAt: null, updatedAt: null });
  },
  "generated keys grow, and a generated uuid key is made": async ({ db }) => {
    const one = await db.from(Product).insert({ sku: "a" });
    const two = await db.from(Product).insert({ sku: "b" });
    expect(two.id).toBeGreaterThan(one.id);
    const event = await db.from(Event).insert({ kind: "in" });
    expect(event.id).toMatch(uuid);
    expect(await db.from(Event).find(event.id)).toEqual({ id: event.id, kind: "in", size: null });
  },
  "the caller's object stays as it was": async ({ db }) => {
    const given = Object.freeze({ sku: "a", tags: Object.freeze(["x"]) as string[] });
    await db.from(Product).insert(given);
    expect(given).toEqual({ sku: "a", tags: ["x"] });
  },
  "undefined is refused, except where the column supplies a value": async ({ db, refused }) => {
    for (const column of ["sku", "shop", "name", "stock"]) {
      const error = await refused(InvalidValueError, () =>
        db.from(Product).insert(untrusted({ sku: "a", [column]: undefined })),
      );
      expect(error.column).toBe(column);
    }
    const supplied = { sku: "a", id: undefined, token: undefined, grade: undefined, createdAt: undefined };
    expect(await db.from(Product).insert(untrusted(supplied))).toMatchObject({ grade: "B", createdAt: clock.now });
  },
  "unknown and missing columns are refused": async ({ db, refused }) => {
    await refused(UnknownColumnError, () => db.from(Product).insert(untrusted({ sku: "a", nope: 1 })));
    await refused(UnknownColumnError, () => db.from(Product).insert(JSON.parse('{"sku":"a","__proto__":{"stock":1}}')));
    await refused(UnknownColumnError, () => db.from(Product).insert(untrusted({ sku: "a", constructor: 1 })));
    await expect(db.from(Product).insert(untrusted({ name: "x" }))).rejects.toBeInstanceOf(NotNullViolationError);
    for (const data of [null, undefined, [], "sku", 1]) {
      await refused(InvalidValueError, () => db.from(Product).insert(untrusted(data)));
    }
    expect(await db.from(Product).count()).toBe(0);
  },
  "values of the wrong kind are refused before anything is sent": async ({ db, refused }) => {
    const wrong: [string, unknown][] = [
      ["sku", 1],
      ["sku", {}],
      ["sku", ["a"]],
      ["stock", "1"],
      ["stock", 1.5],
      ["stock", { increment: 1 }],
      ["isNew", 1],
      ["isNew", "true"],
      ["createdAt", {}],
      ["createdAt", new Date(Number.NaN)],
      ["token", {}],
      ["sold", 1.5],
      ["price", "abc"],
      ["price", { toString: () => "1" }],
    ];
    for (const [column, value] of wrong) {
      const error = await refused(InvalidValueError, () =>
        db.from(Product).insert(untrusted({ sku: "a", [column]: value })),
      );
      expect(error.column).toBe(column);
    }
    await refused(InvalidValueError, () => db.from(Event).insert({ kind: untrusted("sideways") }));
  },
  "a broken constraint has its own class, table and columns": async ({ db }) => {
    await db.from(Product).insert({ sku: "a", shop: "s", slot: 1 });
    const twice = await db
      .from(Product)
      .insert({ sku: "a" })
      .catch((error: unknown) => error);
    expect(twice).toBeInstanceOf(UniqueViolationError);
    expect(twice).toMatchObject({ table: "products", columns: ["sku"], code: "UNIQUE_VIOLATION" });
    expect(isConstraint(twice, Product, "sku")).toBe(true);
    expect(isConstraint(twice, Product, "name")).toBe(false);
    expect(isConstraint(twice, Counter)).toBe(false);
    const pair = await db
      .from(Product)
      .insert({ sku: "b", shop: "s", slot: 1 })
      .catch((error: unknown) => error);
    expect(pair).toMatchObject({ columns: ["shop", "slot"] });
    await expect(db.from(Product).insert({ sku: "c", stock: -101 })).rejects.toBeInstanceOf(CheckViolationError);
    await expect(db.from(Product).insert({ sku: untrusted(null) })).rejects.toMatchObject({
      code: "NOT_NULL_VIOLATION",
      columns: ["sku"],
    });
    expect(await db.from(Product).count()).toBe(1);
  },
  "many rows are stored in order, in one transaction": async ({ db }) => {
    const rows = await db.from(Product).insertMany([
      { sku: "a", stock: 1 },
      { sku: "b", name: "B" },
      { sku: "c", stock: 3, name: "C" },
    ]);
    expect(rows.map(({ sku, stock, name, size }) => ({ sku, stock, name, size }))).toEqual([
      { sku: "a", stock: 1, name: null, size: 5 },
      { sku: "b", stock: 0, name: "B", size: 5 },
      { sku: "c", stock: 3, name: "C", size: 5 },
    ]);
    expect(await db.from(Product).orderBy("id").many()).toEqual(rows);
    const failing = db.from(Product).insertMany([{ sku: "d" }, { sku: "a" }]);
    await expect(failing).rejects.toBeInstanceOf(UniqueViolationError);
    expect(await db.from(Product).count()).toBe(3);
  },
  "a list may be empty or long, and nothing else": async ({ db, refused }) => {
    expect(await db.from(Event).insertMany([])).toEqual([]);
    const many = Array.from({ length: 12_000 }, (_, size) => ({
      kind: size % 2 === 0 ? ("in" as const) : ("out" as const),
      size,
    }));
    const stored = await db.from(Event).insertMany(many);
    expect(stored.map(({ size }) => size)).toEqual(many.map(({ size }) => size));
    expect(await db.from(Event).count()).toBe(12_000);
    for (const list of [undefined, null, {}, "rows", { length: 1 }]) {
      await refused(InvalidQueryError, () => db.from(Product).insertMany(untrusted(list)));
    }
    for (const row of [undefined, null, 1, []]) {
      await refused(InvalidValueError, () => db.from(Product).insertMany([untrusted(row)]));
    }
    await refused(InvalidValueError, () => db.from(Product).insertMany([{ sku: "a" }, untrusted({ sku: undefined })]));
    expect(await db.from(Product).count()).toBe(0);
  },
});
