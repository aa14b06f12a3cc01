import { getEventListeners } from "node:events";
import process from "node:process";
import { UniqueViolationError } from "@mortise/core";
import { expect, it } from "vitest";
import { effort, enduranceTimeout } from "./effort.ts";
import { bytesInUse } from "./memory.ts";
import { Account, Entry } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceTarget } from "./target.ts";
import { expectNothingLeft } from "./whole-pool.ts";

const count = 2500 * effort;
const max = 4;

class OwnError extends Error {}

type Fail = (db: EnduranceDatabase, signal: AbortSignal) => Promise<unknown>;

/** The ways to fail, each with the error that has to arrive. */
const failures: readonly (readonly [new (...given: never[]) => Error, Fail])[] = [
  [
    OwnError,
    (db, signal) =>
      db.transaction(
        async (tx) => {
          await tx.from(Entry).insert({ label: null, n: 1 });
          throw new OwnError("the caller's own");
        },
        { signal },
      ),
  ],
  [
    UniqueViolationError,
    (db, signal) =>
      db.transaction((tx) => tx.from(Entry).insert({ label: "taken" }), { signal, timeout: 30_000, retry: 2 }),
  ],
  [
    OwnError,
    (db) =>
      db.transaction(async (tx) => {
        // Without `expect`, which keeps every promise it is given until the end of the test.
        const inner = tx.transaction((nested) => nested.from(Entry).insert({ label: "taken" }));
        if ((await inner.catch((error: unknown) => error)) instanceof UniqueViolationError)
          throw new OwnError("after the savepoint");
      }),
  ],
];

/** Thousands of transactions that fail leave nothing behind: no connection, no session, no listener, no memory, no row. */
export function failingTransactions(target: EnduranceTarget): void {
  it(
    `${count} failing transactions leave nothing behind`,
    async () => {
      await using db = await openEndurance(target, max);
      await db.from(Entry).insert({ label: "taken" });
      const { signal } = new AbortController();
      await failTimes(db, signal, 300);
      const [bytes, listeners] = [bytesInUse(), processListeners()];
      await failTimes(db, signal, count);
      expect(bytesInUse() - bytes, "bytes that stay in use").toBeLessThan(8 * 2 ** 20);
      expect(processListeners()).toEqual(listeners);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      await expectNothingLeft(db, target, max);
      expect(await db.from(Entry).pluck("label")).toEqual(["taken"]);
      expect(await db.from(Account).count()).toBe(0);
    },
    enduranceTimeout,
  );
}

async function failTimes(db: EnduranceDatabase, signal: AbortSignal, times: number): Promise<void> {
  let at = 0;
  const work = async (): Promise<void> => {
    while (at < times) {
      const [kind, fail] = failures[(at += 1) % failures.length]!;
      const error: unknown = await fail(db, signal).catch((thrown: unknown) => thrown);
      if (!(error instanceof kind)) throw new Error(`A ${kind.name} was expected.`, { cause: error });
    }
  };
  await Promise.all(Array.from({ length: max * 2 }, work));
}

function processListeners(): Record<string, number> {
  return Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
}
