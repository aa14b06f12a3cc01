import { TransactionError, UniqueViolationError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Tag } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";

const needs = "savepoints";

export const savepoints = suite("savepoints", blog, {
  "a nested transaction that throws takes back its own part alone": requires(needs, async ({ db }) => {
    await db.transaction(async (tx) => {
      await tx.from(Tag).insert({ id: 10, label: "outer" });
      const inner = tx.transaction(async (nested) => {
        await nested.from(Tag).insert({ id: 11, label: "inner" });
        throw new Error("inner");
      });
      await expect(inner).rejects.toThrow("inner");
      expect(await tx.from(Tag).count()).toBe(4);
      await tx.transaction((nested) => nested.from(Tag).insert({ id: 12, label: "second" }));
    });
    expect(await db.from(Tag).where("id", ">=", 10).orderBy("id").pluck("label")).toEqual(["outer", "second"]);
  }),
  "an outer rollback takes back what was nested": requires(needs, async ({ db }) => {
    const failing = db.transaction(async (tx) => {
      await tx.transaction((nested) => nested.from(Tag).insert({ id: 10, label: "inner" }));
      expect(await tx.from(Tag).count()).toBe(4);
      throw new Error("outer");
    });
    await expect(failing).rejects.toThrow("outer");
    expect(await db.from(Tag).count()).toBe(3);
  }),
  "an error of the database in a nested one leaves the outer one usable": requires(needs, async ({ db }) => {
    await db.transaction(async (tx) => {
      const twice = tx.transaction((nested) => nested.from(Tag).insert({ id: 1, label: "twice" }));
      await expect(twice).rejects.toBeInstanceOf(UniqueViolationError);
      await tx.from(Tag).insert({ id: 10, label: "after" });
    });
    expect(await db.from(Tag).where("id", 10).value("label")).toBe("after");
  }),
  "they nest deep, through any handle": requires(needs, async ({ db }) => {
    await db.transaction(async (one) => {
      await one.transaction(async (two) => {
        await two.from(Tag).insert({ id: 10, label: "two" });
        const three = one.transaction(async (nested) => {
          await nested.from(Tag).insert({ id: 11, label: "three" });
          await db.transaction((four) => four.from(Tag).insert({ id: 12, label: "four" }));
          throw new Error("three");
        });
        await expect(three).rejects.toThrow("three");
        expect(await two.from(Tag).where("id", ">=", 10).pluck("id")).toEqual([10]);
      });
    });
    expect(await db.from(Tag).where("id", ">=", 10).pluck("label")).toEqual(["two"]);
  }),
  "siblings run one after the other": requires(needs, async ({ db }) => {
    const order: string[] = [];
    await db.transaction(async (tx) => {
      const nested = (name: string, id: number, fails: boolean) =>
        tx
          .transaction(async (inner) => {
            order.push(`${name} begins`);
            await inner.from(Tag).insert({ id, label: name });
            await new Promise((resolve) => setTimeout(resolve));
            order.push(`${name} ends`);
            if (fails) throw new Error(name);
          })
          .catch(() => undefined);
      await Promise.all([nested("a", 10, false), nested("b", 11, true), nested("c", 12, false)]);
    });
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
    expect(await db.from(Tag).where("id", ">=", 10).orderBy("id").pluck("label")).toEqual(["a", "c"]);
  }),
  "a nested handle used after its end is an error": requires(needs, async ({ db, refused }) => {
    await db.transaction(async (tx) => {
      const nested = await tx.transaction((inner) => inner);
      await refused(TransactionError, () => nested.from(Tag).count());
      expect(await tx.from(Tag).count()).toBe(3);
    });
  }),
  "a nested one takes isolation and access from the outer one": requires(needs, async ({ db, refused }) => {
    await db.transaction(async (tx) => {
      await refused(TransactionError, () => tx.transaction(() => 1, { readOnly: true }));
      await refused(TransactionError, () => tx.transaction(() => 1, { isolation: "serializable" }));
    });
  }),
});
