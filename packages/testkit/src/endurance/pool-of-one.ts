import { QueryCancelledError, QueryTimeoutError, TransactionError } from "@mortise/core";
import { expect, it } from "vitest";
import { Account } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceTarget } from "./target.ts";
import { expectWholePool } from "./whole-pool.ts";

interface Control {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

type Call = (db: EnduranceDatabase, control: Control) => Promise<unknown>;

/** What may have to wait for the one connection. */
const waiting: readonly (readonly [name: string, call: Call])[] = Object.entries<Call>({
  "a read": (db, control) => db.from(Account).many(control),
  "a write": (db, control) => db.from(Account).insert({ id: 1, amount: 1 }, control),
  "a bulk write": (db, control) => db.from(Account).insertMany([{ id: 2, amount: 1 }], control),
  "a transaction": (db, control) => db.transaction((tx) => tx.from(Account).insert({ id: 3, amount: 1 }), control),
});

/** Nothing hangs where there is one connection and everybody wants it. */
export function poolOfOne(target: EnduranceTarget): void {
  it("the outer handle inside a transaction finishes", async () => {
    await using db = await openEndurance(target, 1);
    const start = performance.now();
    const found = await db.transaction(async (tx) => {
      await tx.from(Account).insert({ id: 1, amount: 5 });
      await db.from(Account).insert({ id: 2, amount: 6 });
      return db.transaction(() => db.from(Account).sum("amount"));
    });
    expect(found).toBe(11);
    expect(performance.now() - start).toBeLessThan(1000);
  });
  it("the outer handle inside a transaction is an error at once, where that was asked for", async () => {
    await using db = await openEndurance(target, 1, { ambient: "error" });
    await db.transaction(async () => {
      const start = performance.now();
      await expect(db.from(Account).count()).rejects.toBeInstanceOf(TransactionError);
      await expect(db.transaction(() => 1)).rejects.toBeInstanceOf(TransactionError);
      expect(performance.now() - start).toBeLessThan(100);
    });
  });
  it.each(waiting)("an abort ends the wait of %s for the connection at once", async (_, call) => {
    await using db = await openEndurance(target, 1);
    const held = await db.begin();
    await held.from(Account).count();
    const controller = new AbortController();
    const controls = [{ signal: controller.signal }, { timeout: 50 }];
    const refused = Promise.allSettled(controls.map((control) => call(db, control)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    controller.abort(new Error("enough"));
    expect(await refused).toMatchObject([
      { reason: expect.any(QueryCancelledError) },
      { reason: expect.any(QueryTimeoutError) },
    ]);
    expect(performance.now() - start).toBeLessThan(300);
    await held.rollback();
    expect(await db.from(Account).count()).toBe(0);
    await expectWholePool(db, 1);
  });
}
