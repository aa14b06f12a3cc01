import type { Work } from "./orders.ts";
import { makeGate } from "./gate.ts";
import { writeMigrations } from "./migration-folder.ts";
import type { ProcessPool } from "./process-pool.ts";
import type { ProcessTarget } from "./process-target.ts";
import { pushedTables } from "./pushed-schema.ts";

/** What became of processes that began together. */
export interface Race {
  readonly failed: readonly string[];
  /** How much each process made, the least first. */
  readonly made: readonly (number | undefined)[];
  readonly wanted: number;
}

const files = 6;

/** Processes that all wait, and are told at once to migrate one empty database: files and pushes in turn. */
export async function runRaces(
  target: ProcessTarget,
  directory: string,
  rounds: number,
  pool: ProcessPool,
  together: number,
): Promise<readonly Race[]> {
  await writeMigrations(directory, files, target.kinds);
  const races: Race[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const shared = await target.shared();
    try {
      const isFiles = round % 2 === 0;
      if (isFiles) {
        await makeGate(shared, 0);
      }
      const work: Work = isFiles ? { way: "migrate", directory } : { way: "push", schema: "several" };
      const runners = await pool.takeAll(together);
      for (const one of runners) one.tell({ place: shared.place, work });
      const ended = await Promise.all(runners.map((one) => one.ended));
      races.push({
        failed: ended.filter(({ code }) => code !== 0).map(({ code, said }) => `${code} ${said}`),
        made: ended.map(({ made }) => made).toSorted((a = 0, b = 0) => a - b),
        wanted: isFiles ? files : pushedTables,
      });
    } finally {
      await shared.remove();
    }
  }
  return races;
}
