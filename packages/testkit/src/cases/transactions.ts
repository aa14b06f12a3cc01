import { MortiseError, TransactionError, UniqueViolationError, UnsupportedError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const needs = "transactions";

export const transactions = suite("transactions", blog, {
  "what the callback did is there when it returns, with its result": requires(needs, async ({ db }) => {
    const result = await db.transaction(async (tx) => {
      await tx.from(Tag).insert({ id: 10, label: "ten" });
      await tx.from(Post).where("id", 1).delete();
      return tx.from(Tag).count();
    });
    expect(result).toBe(4);
    expect(await db.from(Tag).find(10)).toEqual({ id: 10, label: "ten" });
    expect(await db.from(Post).find(1)).toBeNull();
  }),
  "nothing is left when it throws, and its own error arrives": requires(needs, async ({ db }) => {
    const mine = new RangeError("mine");
    const failing = db.transaction(async (tx) => {
      await tx.from(Tag).insert({ id: 10, label: "ten" });
      await tx.from(Post).unfiltered().delete();
      throw mine;
    });
    await expect(failing).rejects.toBe(mine);
    expect(await db.from(Tag).count()).toBe(3);
    expect(await db.from(Post).count()).toBe(6);
    const sync = db.transaction(() => {
      throw mine;
    });
    await expect(sync).rejects.toBe(mine);
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- callers throw anything
    await expect(db.transaction(() => Promise.reject("text"))).rejects.toBe("text");
  }),
  "an error of the database inside reaches the caller": requires(needs, async ({ db }) => {
    const failing = db.transaction(async (tx) => {
      await tx.from(Tag).insert({ id: 10, label: "ten" });
      await tx.from(Tag).insert({ id: 11, label: "ten" });
    });
    await expect(failing).rejects.toBeInstanceOf(UniqueViolationError);
    expect(await db.from(Tag).count()).toBe(3);
  }),
  "the outer handle takes part, wherever the call comes from": requires(needs, async ({ db }) => {
    const countTags = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      return db.from(Tag).count();
    };
    const failing = db.transaction(async (tx) => {
      await db.from(Tag).insert({ id: 10, label: "ten" });
      expect(await countTags()).toBe(4);
      expect(await tx.from(Tag).count()).toBe(4);
      await Promise.all([db.from(Tag).insert({ id: 11, label: "a" }), tx.from(Tag).insert({ id: 12, label: "b" })]);
      expect(await countTags()).toBe(6);
      throw new Error("back");
    });
    await expect(failing).rejects.toThrow("back");
    expect(await countTags()).toBe(3);
  }),
  "the outer handle can be forbidden instead": requires(needs, async ({ open }) => {
    const db = await open({ ambient: "error" });
    await db.transaction(async (tx) => {
      await tx.from(Tag).insert({ id: 10, label: "ten" });
      for (const call of [() => db.from(Tag).count(), () => db.from(Tag).find(1), () => db.transaction(() => 1)]) {
        await expect(call()).rejects.toMatchObject({ code: "TRANSACTION" });
      }
      expect(await tx.from(Tag).count()).toBe(4);
    });
    expect(await db.from(Tag).count()).toBe(4);
  }),
  "a handle used after the end is an error": requires(needs, async ({ db, refused }) => {
    const kept = await db.transaction((tx) => ({ tx, query: tx.from(Tag).where("id", 1) }));
    const calls: (() => unknown)[] = [
      () => kept.tx.from(Tag).count(),
      () => kept.query.delete(),
      () => kept.tx.from(Tag).find(1),
      () => kept.tx.transaction(() => 1),
      () => kept.tx.afterCommit(() => 1),
      () => kept.query.stream().next(),
    ];
    for (const call of calls) await refused(TransactionError, call);
    const failed: { count(): Promise<number> }[] = [];
    const failing = db.transaction(async (tx) => {
      failed.push(tx.from(Tag));
      throw new Error("back");
    });
    await expect(failing).rejects.toThrow("back");
    for (const query of failed) await refused(TransactionError, () => query.count());
    expect(await db.from(Tag).count()).toBe(3);
  }),
  "a read-only transaction reads and does not write": requires(needs, async ({ db }) => {
    const read = await db.transaction((tx) => tx.from(Tag).count(), { readOnly: true });
    expect(read).toBe(3);
    const writing = db.transaction((tx) => tx.from(Tag).insert({ id: 10, label: "ten" }), { readOnly: true });
    await expect(writing).rejects.toBeInstanceOf(MortiseError);
    expect(await db.from(Tag).count()).toBe(3);
    await db.from(Tag).insert({ id: 10, label: "ten" });
    expect(await db.from(Tag).count()).toBe(4);
  }),
  "transactions of one database do not see each other's halves": requires(needs, async ({ db }) => {
    const move = (from: number, to: number) =>
      db.transaction(
        async (tx) => {
          const views = (await tx.from(Post).where("id", from).value("views")) ?? 0;
          await tx.from(Post).where("id", from).decrement("views", views);
          await new Promise((resolve) => setTimeout(resolve));
          await tx.from(Post).where("id", to).increment("views", views);
        },
        { retry: 20 },
      );
    await Promise.all([move(1, 2), move(2, 3), move(3, 1), move(2, 1)]);
    expect(await db.from(Post).whereIn("id", [1, 2, 3]).sum("views")).toBe(60);
  }),
  "unknown isolation and a missing callback are refused": requires(needs, async ({ db, refused }) => {
    for (const isolation of ["snapshot; --", "", "chaos", 1, {}]) {
      await refused(UnsupportedError, () => db.transaction(() => 1, { isolation: untrusted(isolation) }));
    }
    await refused(TransactionError, () => db.transaction(untrusted(undefined)));
    expect(await db.from(User).count()).toBe(4);
  }),
});
