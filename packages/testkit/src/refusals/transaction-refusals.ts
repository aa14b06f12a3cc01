import { ConnectionError, InvalidValueError, QueryCancelledError, QueryError, TransactionError } from "@mortise/core";
import { describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { expectRefusal } from "./refusal.ts";
import { openShop, type Shop } from "./shop.ts";

const ended = { type: TransactionError, code: "TRANSACTION" } as const;
const committed = "This transaction was already committed. Start the work inside the callback and await it there.";
const rolledBack = "This transaction was already rolled back. Start the work inside the callback and await it there.";

const cases: Readonly<Record<string, (shop: Shop) => Promise<unknown>>> = {
  "is not used after its end": async ({ db, schema, adapter }) => {
    const tx = await db.transaction(async (inner) => inner);
    const after = [
      () => tx.from(schema.customers).many(),
      () => (adapter.capabilities.raw ? tx.raw("select 1") : tx.from(schema.customers).exists()),
      () => tx.transaction(() => 1),
      () => tx.afterCommit(() => 1),
      () => tx.from(schema.customers).insert({ email: "e" }),
    ];
    for (const act of after) await expectRefusal({ ...ended, act, says: committed });
    let failed: typeof tx | undefined;
    const thrown = new Error("the body's own");
    await expect(
      db.transaction((inner) => {
        failed = inner;
        throw thrown;
      }),
    ).rejects.toBe(thrown);
    await expectRefusal({ ...ended, act: () => failed?.from(schema.customers).count(), says: rolledBack });
  },
  "begun by hand ends once": async ({ db, schema }) => {
    const tx = await db.begin();
    await tx.from(schema.customers).insert({ email: "e" });
    await tx.rollback();
    for (const act of [() => tx.commit(), () => tx.rollback(), () => tx.from(schema.customers).count()])
      await expectRefusal({ ...ended, act, says: rolledBack });
    await expectRefusal({
      ...ended,
      act: () => db.transaction(() => db.begin()),
      says: "db.begin was called inside a transaction. Use tx.transaction for a savepoint.",
    });
    expect(await db.from(schema.customers).count()).toBe(0);
  },
  "takes a callback and options of its own": async ({ db }) => {
    await expectRefusal({
      ...ended,
      act: () => db.transaction(untrusted(undefined)),
      says: "db.transaction needs a callback that does the work.",
    });
    await expectRefusal({
      ...ended,
      act: () => db.transaction(() => 1, untrusted(null)),
      says: "db.transaction takes its options as an object.",
    });
    await expectRefusal({
      ...ended,
      act: () => db.begin(untrusted(5)),
      says: "db.begin takes its options as an object.",
    });
    await expectRefusal({
      ...ended,
      act: () => db.transaction((tx) => tx.transaction(() => 1, { readOnly: true })),
      says: "A nested transaction takes its isolation, access and retries from the outer one.",
    });
    await expectRefusal({
      type: InvalidValueError,
      code: "INVALID_VALUE",
      act: () => db.transaction(() => 1, { retry: -1 }),
      says: "`retry` must be a whole number, 0 or more, or { attempts } of at least 1.",
    });
  },
  "that only reads refuses writes": async ({ db, schema }) => {
    const write = () => db.transaction((tx) => tx.from(schema.customers).insert({ email: "e" }), { readOnly: true });
    await expectRefusal({
      type: QueryError,
      code: "QUERY_FAILED",
      act: write,
      says: /read-only, and this is a write\. The statement was: (insert into|db\.customers\.insert)/,
    });
    expect(await db.from(schema.customers).insert({ email: "e" })).toMatchObject({ email: "e" });
  },
  "is stopped by its signal before it begins": async ({ customers, sent }) => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    const error = await expectRefusal({
      type: QueryCancelledError,
      code: "QUERY_CANCELLED",
      act: () => customers.many({ signal: stop.signal }),
      says: /\.$/,
    });
    expect(error.cause).toMatchObject({ message: "enough" });
    expect(sent).toEqual([]);
  },
};

/** Transactions and handles that are used when they cannot be. */
export function transactionRefusals(target: Target): void {
  describe("a transaction", () => {
    it.each(Object.keys(cases))("%s", async (name) => {
      const shop = await openShop(target.open);
      shop.sent.length = 0;
      await cases[name]?.(shop);
      await shop.db.close();
    });
    it("keeps the outer handle out where that was asked for", async () => {
      const { db, schema } = await openShop(target.open, { ambient: "error" });
      const says =
        'The outer database handle was used inside a transaction, which { ambient: "error" } forbids. Use the callback\'s tx.';
      await expectRefusal({ ...ended, act: () => db.transaction(() => db.from(schema.customers).count()), says });
      await db.close();
    });
  });
  describe("a closed handle", () => {
    it("is not used again", async () => {
      const { db, customers, adapter } = await openShop(target.open);
      await db.close();
      await db.close();
      const acts = [
        () => customers.many(),
        () => customers.insert({ email: "e" }),
        () => (adapter.capabilities.raw ? db.raw("select 1") : customers.count()),
        () => db.transaction(() => 1),
        () => db.begin(),
        () => db.connect(),
        () => db.ping(),
        () => customers.stream().next(),
      ];
      for (const act of acts) {
        await expectRefusal({
          type: ConnectionError,
          code: "CONNECTION_CLOSED",
          act,
          says: "This database handle was closed. Make a new one with createDatabase.",
        });
      }
    });
  });
}
