import { setTimeout } from "node:timers/promises";
import { QueryCancelledError, QueryTimeoutError } from "@mortise/core";
import { expect, it } from "vitest";
import { Account } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceServer, type EnduranceTarget } from "./target.ts";
import { expectNothingLeft } from "./whole-pool.ts";

interface Control {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

type Sleep = (db: EnduranceDatabase, condition: string, control: Control) => Promise<unknown>;

/** Where a statement may sleep. */
const places: Readonly<Record<string, Sleep>> = {
  "outside a transaction": (db, condition, control) => sleeping(db, condition).many(control),
  "in a transaction that is stopped": (db, condition, control) =>
    db.transaction(async (tx) => {
      await tx.from(Account).insert({ id: 9, amount: 0 });
      await sleeping(tx, condition).many();
    }, control),
  "in a transaction": (db, condition, control) =>
    db.transaction(async (tx) => {
      await tx.from(Account).insert({ id: 9, amount: 0 });
      await sleeping(tx, condition).many(control);
    }),
  "in a stream": async (db, condition, control) => {
    for await (const row of sleeping(db, condition).stream(control)) throw new Error(`A row came: ${row.id}`);
  },
};

function sleeping(db: Pick<EnduranceDatabase, "from">, condition: string) {
  return db.from(Account).where("id", 1).whereRaw(condition);
}

/** A statement of 30 s ends within a second when it is aborted or its time is up, and runs on nowhere. */
export function stopping(target: EnduranceTarget, server: EnduranceServer): void {
  for (const [name, sleep] of Object.entries(places)) {
    it.each(["abort", "time-out"])(`%s ends 30 s of sleep ${name}`, async (how) => {
      await using db = await openEndurance(target, 2);
      await db.from(Account).insert({ id: 1, amount: 0 });
      const controller = new AbortController();
      const control = how === "abort" ? { signal: controller.signal } : { timeout: 200 };
      const ended = sleep(db, server.sleeping(30), control).catch((error: unknown) => error);
      await setTimeout(200);
      const start = performance.now();
      controller.abort(new Error("enough"));
      expect(await ended).toBeInstanceOf(how === "abort" ? QueryCancelledError : QueryTimeoutError);
      expect(performance.now() - start).toBeLessThan(1000);
      expect(await server.running()).toBe(0);
      expect(await db.from(Account).pluck("id")).toEqual([1]);
      await expectNothingLeft(db, target, 2);
    });
  }
}
