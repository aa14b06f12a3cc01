import { TransactionError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Tag } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";

const needs = ["transactions", "savepoints"] as const;

export const transactionCallbacks = suite("callbacks of transactions", blog, {
  "afterCommit runs in order after the outermost commit": requires(needs, async ({ db }) => {
    const order: string[] = [];
    await db.transaction(async (tx) => {
      tx.afterCommit(() => void order.push("one"));
      tx.afterRollback(() => void order.push("never"));
      await tx.transaction(async (nested) => {
        nested.afterCommit(async () => {
          order.push(`two: ${await db.from(Tag).count()} tags`);
        });
        await nested.from(Tag).insert({ id: 10, label: "ten" });
      });
      tx.afterCommit(() => void order.push("three"));
      order.push("body");
    });
    expect(order).toEqual(["body", "one", "two: 4 tags", "three"]);
  }),
  "after a rollback afterRollback runs, and afterCommit never does": requires(needs, async ({ db }) => {
    const order: string[] = [];
    const failing = db.transaction(async (tx) => {
      tx.afterCommit(() => void order.push("never"));
      tx.afterRollback(() => void order.push("outer"));
      await tx.transaction((nested) => nested.afterRollback(() => void order.push("released")));
      throw new Error("back");
    });
    await expect(failing).rejects.toThrow("back");
    expect(order).toEqual(["outer", "released"]);
  }),
  "what a nested one waits for ends with its own rollback": requires(needs, async ({ db }) => {
    const order: string[] = [];
    await db.transaction(async (tx) => {
      const nested = tx.transaction((inner) => {
        inner.afterCommit(() => void order.push("never"));
        inner.afterRollback(() => void order.push("inner back"));
        throw new Error("inner");
      });
      await expect(nested).rejects.toThrow("inner");
      order.push("outer goes on");
    });
    expect(order).toEqual(["inner back", "outer goes on"]);
  }),
  "an error of afterRollback does not hide the error that led there": requires(needs, async ({ db }) => {
    const failing = db.transaction(async (tx) => {
      tx.afterRollback(() => {
        throw new Error("second");
      });
      await tx.from(Tag).insert({ id: 10, label: "ten" });
      throw new RangeError("first");
    });
    await expect(failing).rejects.toThrow(new RangeError("first"));
    expect(await db.from(Tag).count()).toBe(3);
  }),
});

export const manualTransactions = suite("transactions by hand", blog, {
  "begin, then commit": requires("transactions", async ({ db }) => {
    const order: string[] = [];
    const tx = await db.begin();
    tx.afterCommit(() => void order.push("committed"));
    await tx.from(Tag).insert({ id: 10, label: "ten" });
    expect(await tx.from(Tag).count()).toBe(4);
    await tx.commit();
    expect(order).toEqual(["committed"]);
    expect(await db.from(Tag).count()).toBe(4);
  }),
  "begin, then roll back": requires("transactions", async ({ db }) => {
    const order: string[] = [];
    const tx = await db.begin();
    tx.afterCommit(() => void order.push("never"));
    tx.afterRollback(() => void order.push("rolled back"));
    await tx.from(Tag).unfiltered().delete();
    await tx.rollback();
    expect(order).toEqual(["rolled back"]);
    expect(await db.from(Tag).count()).toBe(3);
  }),
  "one that goes out of scope is rolled back": requires("transactions", async ({ db }) => {
    const tx = await db.begin();
    await tx.from(Tag).unfiltered().delete();
    await tx[Symbol.asyncDispose]();
    await tx[Symbol.asyncDispose]();
    expect(await db.from(Tag).count()).toBe(3);
    const ended = await db.begin();
    await ended.from(Tag).where("id", 1).delete();
    await ended.commit();
    await ended[Symbol.asyncDispose]();
    expect(await db.from(Tag).count()).toBe(2);
  }),
  "it has savepoints": requires(needs, async ({ db }) => {
    const tx = await db.begin();
    const nested = tx.transaction(async (inner) => {
      await inner.from(Tag).unfiltered().delete();
      throw new Error("inner");
    });
    await expect(nested).rejects.toThrow("inner");
    await tx.transaction((inner) => inner.from(Tag).where("id", 1).delete());
    await tx.commit();
    expect(await db.from(Tag).orderBy("id").pluck("id")).toEqual([2, 3]);
  }),
  "it ends once, and only outside of others": requires("transactions", async ({ db, refused }) => {
    const tx = await db.begin();
    await tx.commit();
    await refused(TransactionError, () => tx.commit());
    await refused(TransactionError, () => tx.rollback());
    await refused(TransactionError, () => tx.from(Tag).count());
    await db.transaction(async () => {
      await refused(TransactionError, () => db.begin());
    });
    const next = await db.begin();
    expect(await next.from(Tag).count()).toBe(3);
    await next.rollback();
  }),
  "a transaction waits for the one before": requires("transactions", async ({ db }) => {
    const first = await db.begin();
    await first.from(Tag).insert({ id: 10, label: "ten" });
    const second = db.transaction((tx) => tx.from(Tag).where("id", 10).update({ label: "changed" }));
    await first.commit();
    expect(await second).toBe(1);
    expect(await db.from(Tag).where("id", 10).value("label")).toBe("changed");
  }),
});
