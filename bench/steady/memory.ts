/**
 * Whether memory stays flat over 1,000,000 queries, and the plan cache within its bound over many more shapes than it holds:
 * `pnpm bench memory [queries]`.
 */
import { setFlagsFromString } from "node:v8";
import process from "node:process";
import { runInNewContext } from "node:vm";
import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { userKey } from "../workloads/inputs.ts";
import { seed } from "../workloads/seed.ts";
import { wideColumns } from "../workloads/wide-columns.ts";
import { schema } from "../subjects/mortise/schema.ts";

const queries = Number(process.argv[3] ?? 1_000_000);
const samples = 10;
const capacity = 1000;
/** What may come and go between two collections. */
const allowedGrowth = 2e6;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const db = createDatabase(schema, sqlite({ filename: ":memory:" }), { planCacheSize: capacity });
for (const sql of seed) await db.raw(sql);

await flatOverQueries();
await boundedOverShapes();
await db.close();

/** The first tenth warms up; from then on nothing may be kept. */
async function flatOverQueries(): Promise<void> {
  const heaps: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    for (let at = 0; at < queries / samples; at += 1) {
      const row = await db.from(schema.users).find(userKey(sample * 1000 + at));
      if (row === null) throw new Error("A user is missing.");
    }
    heaps.push(heapUsed());
    console.log(`${((sample + 1) * queries) / samples} queries: ${megabytes(heaps.at(-1)!)}`);
  }
  judge("growth over the queries", heaps.at(-1)! - heaps[0]!, allowedGrowth, megabytes);
}

/** Twice: 1,000 shapes fit; of 10,000 the cache keeps no more than its two generations, and memory what those take. */
async function boundedOverShapes(): Promise<void> {
  await runShapes(0, capacity);
  const { misses } = db.planCache;
  await runShapes(0, capacity);
  judge(`plans made anew for ${capacity} shapes that were met before`, db.planCache.misses - misses, 0, String);
  await runShapes(capacity, 5 * capacity);
  const full = heapUsed();
  await runShapes(5 * capacity, 15 * capacity);
  judge("plans that are kept", db.planCache.size, 2 * capacity, String);
  judge(`growth over ${10 * capacity} more shapes`, heapUsed() - full, allowedGrowth, megabytes);
}

/** The shapes differ in the three columns that they order by. */
async function runShapes(from: number, to: number): Promise<void> {
  const names = wideColumns.map(({ name }) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
  const at = (index: number) => names[index % names.length]!;
  for (let shape = from; shape < to; shape += 1) {
    await orderedBy(at(shape), at(Math.floor(shape / names.length)), at(Math.floor(shape / names.length ** 2)));
  }
}

async function orderedBy(...columns: readonly string[]): Promise<void> {
  const query = columns.reduce((so, name) => so.orderBy(columnOf(name)), db.from(schema.wide).where("id", 1));
  if ((await query.many()).length !== 1) throw new Error("A wide row is missing.");
}

type WideColumn = Parameters<ReturnType<typeof db.from<typeof schema.wide>>["orderBy"]>[0];

/** The names come from the list that the table was made of. */
function columnOf(name: string): WideColumn {
  return name as WideColumn;
}

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function judge(what: string, reached: number, allowed: number, text: (value: number) => string): void {
  const ok = reached <= allowed;
  console.log(`${what}: ${text(reached)}, ${ok ? "ok" : "MISSED"}, at most ${text(allowed)}`);
  if (!ok) process.exitCode = 1;
}
