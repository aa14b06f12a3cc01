import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courseOfMigrations, courseOfPushes, runKilled, runWhole, type Course, type Killed } from "./killed-runs.ts";
import { writeMigrations } from "./migration-folder.ts";
import type { Moment } from "./orders.ts";
import { ProcessPool } from "./process-pool.ts";
import type { ProcessTarget } from "./process-target.ts";
import { runRaces } from "./races.ts";

/** How many migrations are killed at each of their statements, and how often processes start together. */
const kills = Number(process.env["KILLS"] ?? 5);
const rounds = Number(process.env["ROUNDS"] ?? 2);
const together = 8;
const moments: readonly Moment[] = ["before", "in", "after"];

/** Runners that are killed, and runners that start together: everything is made, and made once. */
export function runProcesses(target: ProcessTarget): void {
  const timeout = 120_000 + kills * 10_000 + rounds * 20_000;
  describe(`${target.name} migrates in processes`, { timeout }, () => {
    let pool: ProcessPool;
    beforeAll(async () => void (pool = await ProcessPool.open(target.script, moments.length)));
    afterAll(() => pool.close());
    test(`that are killed before, in and after each statement of ${kills} migrations and of their ways back`, async () => {
      const outcome = await withFolder(async (folder) => {
        const names = await writeMigrations(folder, kills, target.kinds);
        return await killed(target, courseOfMigrations(folder, names), pool);
      });
      expect(faultsOf(outcome)).toEqual([]);
    });
    test("that are killed before, in and after each statement of a push", async () => {
      expect(faultsOf(await killed(target, courseOfPushes, pool))).toEqual([]);
    });
    test(`that start together, ${together} at once`, async () => {
      const all = await withFolder((folder) => runRaces(target, folder, rounds, pool, together));
      expect(all.flatMap(({ failed }) => failed)).toEqual([]);
      expect(all.map(({ made }) => made)).toEqual(
        all.map(({ wanted }) => [...Array.from({ length: together - 1 }, () => 0), wanted]),
      );
    });
  });
}

interface Outcome {
  readonly whole: readonly string[];
  readonly before: Killed;
  readonly in: Killed;
  readonly after: Killed;
}

/** Each moment has a database of its own, so that a statement dies at each of them. */
async function killed(target: ProcessTarget, course: Course, pool: ProcessPool): Promise<Outcome> {
  const whole = await runWhole(target, course);
  const [before, inside, after] = await Promise.all([
    runKilled(target, course, "before", pool),
    runKilled(target, course, "in", pool),
    runKilled(target, course, "after", pool),
  ]);
  if (process.env["PROCESSES_VERBOSE"] === "1") {
    for (const { kills: count, waiting, late } of [before, inside, after]) console.log({ count, waiting, late });
  }
  return { whole, before, in: inside, after };
}

/** What went wrong: processes that lived, stages that could not be run again, and databases that came out otherwise. */
function faultsOf(outcome: Outcome): readonly string[] {
  return moments.flatMap((moment) => {
    const { lived, kills: count, snapshots } = outcome[moment];
    const none = count === 0 ? [`${moment}: nothing was killed`] : [];
    const others = outcome.whole.flatMap((whole, at) =>
      snapshots[at] === whole ? [] : [`${moment}, stage ${at}:\n${snapshots[at]}\nand not\n${whole}`],
    );
    return [...none, ...lived, ...others];
  });
}

async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "mortise-files-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
