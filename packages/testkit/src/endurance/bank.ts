import { randomUUID } from "node:crypto";
import process from "node:process";
import { setImmediate, setTimeout } from "node:timers/promises";
import { CommitOutcomeUnknownError, ConnectionError, PoolTimeoutError, UniqueViolationError } from "@mortise/core";
import { expect, it } from "vitest";
import { effort, enduranceTimeout } from "./effort.ts";
import { Account, Transfer } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceTarget } from "./target.ts";
import { expectNothingLeft } from "./whole-pool.ts";

const workers = 16;
const max = 8;
const accounts = 10;
const wealth = 1000 * accounts;
const duration = 5000 * effort;

/** What the workers met. */
interface Tally {
  done: number;
  lost: number;
  unknown: number;
}

/** Money moves among accounts while the server ends every session once a second: none is made, none is lost. */
export function bank(target: EnduranceTarget): void {
  const title = target.server === undefined ? "" : " while the server ends their sessions";
  it(
    `${workers} workers move money for ${duration / 1000} s${title}, and the sum stays`,
    async () => {
      await using db = await openEndurance(target, max);
      await db.from(Account).insertMany(Array.from({ length: accounts }, (_, id) => ({ id, amount: 1000 })));
      const stray: unknown[] = [];
      const note = (error: unknown): void => void stray.push(error);
      process.on("unhandledRejection", note);
      process.on("uncaughtException", note);
      try {
        const tally = await work(db, target);
        expect(await db.from(Account).sum("amount")).toBe(wealth);
        expect(await db.from(Transfer).count()).toBe(tally.done);
        expect(tally.done).toBeGreaterThan(workers);
        expect(tally.lost > 0, "somebody met a lost connection").toBe(target.server !== undefined);
        await expectNothingLeft(db, target, max);
        expect(stray).toEqual([]);
      } finally {
        process.off("unhandledRejection", note);
        process.off("uncaughtException", note);
      }
    },
    enduranceTimeout + duration,
  );
}

async function work(db: EnduranceDatabase, { server }: EnduranceTarget): Promise<Tally> {
  const tally: Tally = { done: 0, lost: 0, unknown: 0 };
  const end = performance.now() + duration;
  const isOver = (): boolean => performance.now() > end;
  const worker = async (): Promise<void> => {
    while (!isOver()) await settleTransfer(db, randomUUID(), tally);
  };
  // The workers have the last second to meet what was ended, so that the pool is whole behind them.
  const killer = async (): Promise<void> => {
    while (performance.now() + 2000 < end) {
      await setTimeout(1000);
      await server?.terminate();
    }
  };
  await Promise.all([killer(), ...Array.from({ length: workers }, worker)]);
  return tally;
}

/**
 * Does a transfer whatever happens. Where nobody knows whether it was committed it is asked for again under its key: that waits for a
 * commit that is still on its way, and finds one that has happened.
 */
async function settleTransfer(db: EnduranceDatabase, id: string, tally: Tally): Promise<void> {
  let isUnknown = false;
  for (;;) {
    try {
      await transfer(db, id);
      tally.done += 1;
      return;
    } catch (error) {
      if (error instanceof UniqueViolationError && isUnknown) {
        tally.done += 1;
        return;
      }
      if (error instanceof CommitOutcomeUnknownError) {
        isUnknown = true;
        tally.unknown += 1;
      } else if (error instanceof ConnectionError || error instanceof PoolTimeoutError) tally.lost += 1;
      else throw error;
      // Errors that come at once must not keep the clock of the test from running.
      await setImmediate();
    }
  }
}

function transfer(db: EnduranceDatabase, id: string): Promise<void> {
  const from = Math.floor(Math.random() * accounts);
  const to = (from + 1 + Math.floor(Math.random() * (accounts - 1))) % accounts;
  const by = 1 + Math.floor(Math.random() * 100);
  return db.transaction(
    async (tx) => {
      await tx.from(Transfer).insert({ id });
      await tx.from(Account).where("id", from).decrement("amount", by);
      await tx.from(Account).where("id", to).increment("amount", by);
    },
    { retry: 100 },
  );
}
