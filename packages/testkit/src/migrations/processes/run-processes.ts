import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createDatabase, createSchema } from "@mortise/core";
import { canonicalText, sortState } from "@mortise/core/state";
import { inspect, migrate, status, unlock } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import type { OpenAdapter } from "../../suite.ts";
import { pushedTables, type Orders } from "./migrate-process.ts";

/** An engine whose databases other processes can open. */
export interface ProcessTarget {
  readonly name: string;
  /** A file that calls `runOrders` with the adapter of the place and the orders, both given as JSON. */
  readonly script: string;
  /** Statements that make a table, a column and an index in turn, each of which fails when it is made twice; SQL unless said otherwise. */
  readonly statementAt?: (at: number) => string;
  shared(): Promise<ProcessDatabase>;
}

export interface ProcessDatabase {
  /** How the script finds the database. */
  readonly place: string;
  readonly open: OpenAdapter;
  remove(): unknown;
}

/** `KILLS=20 ROUNDS=10` for the long run. */
const kills = Number(process.env["KILLS"] ?? 4);
const rounds = Number(process.env["ROUNDS"] ?? 2);
const together = 8;

interface Ended {
  readonly code: number | string;
  readonly told: string;
  readonly said: string;
}

/** Runners that are killed, and runners that start together: everything is made, and made once. */
export function runProcesses(target: ProcessTarget): void {
  const run = (place: string, orders: Orders): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [target.script, place, JSON.stringify(orders)], (error, told, said) => {
        resolve({ code: error === null ? 0 : (error.signal ?? error.code ?? 1), told, said });
      });
    });
  const timeout = 120_000 + kills * 10_000 + rounds * 20_000;
  describe(`${target.name} migrates in processes`, { timeout }, () => {
    test("that are killed before, in and after each statement", async () => {
      const { lived, said, catalogues, applied, pending } = await withFolder((folder) => killing(target, folder, run));
      expect([lived, said]).toEqual([[], ""]);
      expect(catalogues[0]).toBe(catalogues[1]);
      expect([applied, pending]).toEqual([kills, 0]);
    });
    test(`that start together, ${together} at once`, async () => {
      const all = await withFolder((folder) => racing(target, folder, run));
      expect(all.flatMap(({ failed }) => failed)).toEqual([]);
      expect(all.map(({ made }) => made)).toEqual(
        all.map(({ wanted }) => [...Array.from({ length: together - 1 }, () => 0), wanted]),
      );
    });
  });
}

type Run = (place: string, orders: Orders) => Promise<Ended>;

async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "mortise-processes-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A table, a column and an index in turn: each fails when it is made twice. */
function statementAt(at: number): string {
  const table = `table_${Math.floor(at / 3)}`;
  if (at % 3 === 0) return `create table ${table} (id int not null primary key, name varchar(20))`;
  return at % 3 === 1 ? `alter table ${table} add column more int` : `create index ${table}_name on ${table} (name)`;
}

const fileAt = (at: number): string => `2026${String(at).padStart(4, "0")}_step`;

async function writeFiles(target: ProcessTarget, folder: string, count: number): Promise<void> {
  const statement = target.statementAt ?? statementAt;
  for (let at = 0; at < count; at += 1) await writeFile(join(folder, `${fileAt(at)}.sql`), `${statement(at)};\n`);
}

interface Killed {
  /** Runs that should have died, and did not. */
  readonly lived: readonly string[];
  /** What the last run, which nobody killed, had to complain of. */
  readonly said: string;
  readonly catalogues: readonly [broken: string, whole: string];
  readonly applied: number;
  readonly pending: number;
}

async function killing(target: ProcessTarget, directory: string, run: Run): Promise<Killed> {
  await writeFiles(target, directory, kills);
  const [broken, whole] = [await target.shared(), await target.shared()];
  try {
    const lived: string[] = [];
    for (let at = 0; at < kills; at += 1) {
      const text = (target.statementAt ?? statementAt)(at);
      lived.push(...(await killAt(at, text, (orders) => killed(broken, run, { ...orders, directory }))));
    }
    const { said } = await run(broken.place, { directory });
    await using db = createDatabase(createSchema({}), await whole.open());
    await migrate(db, { directory });
    await using mended = createDatabase(createSchema({}), await broken.open());
    const { applied, pending } = await status(mended, { directory });
    const catalogues = [await catalogueOf(broken), await catalogueOf(whole)] as const;
    return { lived, said, catalogues, applied: applied.length, pending: pending.length };
  } finally {
    await broken.remove();
    await whole.remove();
  }
}

/** A run that may be killed. A lock that outlives it is broken, as somebody would who knows that it is dead. */
async function killed({ place, open }: ProcessDatabase, run: Run, orders: Orders): Promise<Ended> {
  const ended = await run(place, orders);
  await using db = createDatabase(createSchema({}), await open());
  await unlock(db);
  return ended;
}

/** What is on its way may be made, and what is made has nothing more to die at: so the two ways take turns in coming first. */
async function killAt(at: number, text: string, run: (orders: Orders) => Promise<Ended>): Promise<readonly string[]> {
  const later = at % 2 === 0 ? (["after", "in"] as const) : (["in", "after"] as const);
  const lived: string[] = [];
  for (const when of ["before", ...later] as const) {
    const { code, said } = await run({ dies: { at: fileAt(at), when, text } });
    const mayLive = code === 0 && (when === "in" || (when === "after" && later[0] === "in"));
    if (code !== "SIGKILL" && !mayLive) lived.push(`${when} ${at}: ${code} ${said}`);
  }
  return lived;
}

async function catalogueOf({ open }: ProcessDatabase): Promise<string> {
  await using db = createDatabase(createSchema({}), await open());
  return canonicalText(sortState(await inspect(db)));
}

interface Race {
  readonly failed: readonly string[];
  /** How much each process made, the least first. */
  readonly made: readonly number[];
  readonly wanted: number;
}

async function racing(target: ProcessTarget, directory: string, run: Run): Promise<readonly Race[]> {
  const files = 6;
  await writeFiles(target, directory, files);
  const races: Race[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const shared = await target.shared();
    try {
      const isFiles = round % 2 === 0;
      const orders: Orders = { ...(isFiles ? { directory } : {}), startAt: Date.now() + 2500 };
      const ended = await Promise.all(Array.from({ length: together }, () => run(shared.place, orders)));
      races.push({
        failed: ended.filter(({ code }) => code !== 0).map(({ code, said }) => `${code} ${said}`),
        made: ended.map(({ told }) => Number(told)).toSorted((a, b) => a - b),
        wanted: isFiles ? files : pushedTables,
      });
    } finally {
      await shared.remove();
    }
  }
  return races;
}
