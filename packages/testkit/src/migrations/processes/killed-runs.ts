import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase, createSchema, type AnySchema } from "@mortise/core";
import { canonicalText, sortState } from "@mortise/core/state";
import { inspect, list, migrate, plan, push, rollback, unlock } from "@mortise/migrator";
import type { AnyDatabase } from "../any-database.ts";
import { makeGate } from "./gate.ts";
import { gateTable } from "./migration-folder.ts";
import type { Moment, Work } from "./orders.ts";
import type { ProcessPool, WarmProcess } from "./process-pool.ts";
import type { HeldTable, ProcessDatabase, ProcessTarget } from "./process-target.ts";
import { pushedSchemas } from "./pushed-schema.ts";

/** One step of a course: what a process is told, and the names by which it tells its statements. */
export interface Stage {
  readonly work: Work;
  readonly migration: string | undefined;
}

/** A way through migrations, forth and back, or through schemas that are pushed. */
export interface Course {
  readonly stages: readonly Stage[];
  readonly hasGate: boolean;
}

/** How many migrations are taken back: one of each kind. */
const waysBack = 5;

/** All migrations forth, and the last of them back. */
export function courseOfMigrations(directory: string, names: readonly string[]): Course {
  const forth = names.map((name): Stage => ({ work: { way: "migrate", directory, to: name }, migration: name }));
  const back = names
    .toReversed()
    .slice(0, waysBack)
    .map((name): Stage => ({ work: { way: "rollback", directory, step: 1 }, migration: name }));
  return { stages: [...forth, ...back], hasGate: true };
}

export const courseOfPushes: Course = {
  stages: (["first", "second", "third"] as const).map((schema) => ({
    work: { way: "push", schema },
    migration: undefined,
  })),
  hasGate: false,
};

/** What became of the kills at one moment. */
export interface Killed {
  /** Processes that should have died and did not, and the stage that could not be run again. */
  readonly lived: readonly string[];
  readonly kills: number;
  /** Of the kills in a statement, those where the statement was seen to wait on the server. */
  readonly waiting: number;
  /** Of the kills in a statement, those that came when it was answered already. */
  readonly late: number;
  /** The database after each stage: what it holds, and what the journal says. */
  readonly snapshots: readonly string[];
}

const nobody: Omit<Killed, "snapshots"> = { lived: [], kills: 0, waiting: 0, late: 0 };

/** The course without a kill. */
export async function runWhole(target: ProcessTarget, course: Course): Promise<readonly string[]> {
  return withDatabase(target, course, async (database) => {
    const snapshots: string[] = [];
    for (const stage of course.stages) {
      await work(database, stage);
      if (stage === courseOfPushes.stages[0]) await database.rows?.fillPushed();
      snapshots.push(await snapshotOf(database));
    }
    return snapshots;
  });
}

/** The course with a kill at each statement; after those of a stage it is run again. */
export async function runKilled(
  target: ProcessTarget,
  course: Course,
  moment: Moment,
  pool: ProcessPool,
): Promise<Killed> {
  return withDatabase(target, course, async (database) => {
    let tally = nobody;
    const snapshots: string[] = [];
    for (const [at, stage] of course.stages.entries()) {
      for await (const { index, text } of deathsOf(database, stage)) {
        const aim = { database, lockStays: target.lockStays === true, stage, index, text, moment };
        const one = await killOnce(aim, pool);
        tally = {
          lived: [...tally.lived, ...one.lived],
          kills: tally.kills + one.kills,
          waiting: tally.waiting + one.waiting,
          late: tally.late + one.late,
        };
      }
      const failed = await work(database, stage).then(
        () => [],
        (error: unknown) => [`stage ${at} again: ${String(error)}`],
      );
      if (stage === courseOfPushes.stages[0]) await database.rows?.fillPushed();
      if (failed.length > 0) return { ...tally, lived: [...tally.lived, ...failed], snapshots };
      snapshots.push(await snapshotOf(database));
    }
    return { ...tally, snapshots };
  });
}

/** Each statement of a stage once. A push plans anew what the one before left: its statements may come in another order, or in others. */
async function* deathsOf(database: ProcessDatabase, stage: Stage): AsyncGenerator<Pick<Aim, "index" | "text">> {
  const texts = await statementsOf(database, stage);
  if (stage.work.way !== "push") {
    for (const [index, text] of texts.entries()) yield { index, text };
    return;
  }
  const seen = new Set<string>();
  for (let left = texts; left.length > 0; left = await statementsOf(database, stage)) {
    const text = left.find((one) => !seen.has(one));
    if (text === undefined) return;
    seen.add(text);
    yield { index: left.indexOf(text), text };
  }
}

async function withDatabase<T>(
  target: ProcessTarget,
  { hasGate }: Course,
  body: (database: ProcessDatabase) => Promise<T>,
): Promise<T> {
  const database = await target.shared();
  try {
    if (hasGate) await makeGate(database, target.rows);
    return await body(database);
  } finally {
    await database.remove();
  }
}

async function on<T>(
  { open }: ProcessDatabase,
  body: (db: AnyDatabase & object) => Promise<T>,
  schema: AnySchema = createSchema({}),
): Promise<T> {
  await using db = createDatabase(schema, await open());
  return await body(db);
}

const schemaOf = ({ work: one }: Stage) => (one.way === "push" ? pushedSchemas[one.schema] : createSchema({}));
const pushing = { drop: true, acknowledge: ["all"] };

/** Does the work of a stage in this process. */
async function work(database: ProcessDatabase, stage: Stage): Promise<void> {
  const { work: one } = stage;
  const isOpen = one.way !== "rollback" || (await isMade(database, stage));
  if (!isOpen) return;
  await on(
    database,
    async (db) => {
      if (one.way === "migrate") return migrate(db, one);
      return one.way === "rollback" ? rollback(db, one) : push(db, pushing);
    },
    schemaOf(stage),
  );
}

/** A migration whose last statement back was made may be gone from the journal already. */
function isMade(database: ProcessDatabase, { migration }: Stage): Promise<boolean> {
  return on(database, async (db) => (await list(db)).some(({ name }) => name === migration));
}

function statementsOf(database: ProcessDatabase, stage: Stage): Promise<readonly string[]> {
  const { work: one } = stage;
  return on(
    database,
    async (db) => {
      if (one.way === "migrate") return (await migrate(db, { ...one, dryRun: true })).statements;
      if (one.way === "rollback") return (await rollback(db, { ...one, dryRun: true })).statements;
      return (await plan(db, pushing)).steps.flatMap(({ statements }) => statements);
    },
    schemaOf(stage),
  );
}

async function snapshotOf(database: ProcessDatabase): Promise<string> {
  return on(database, async (db) => {
    const state = await inspect(db);
    const rows: string[] = [];
    for (const { name } of state.tables) {
      if (database.rows !== undefined) {
        rows.push(`${name}: ${await database.rows.describe(name)}`);
        continue;
      }
      const [counted] = await db.raw(`select count(*) as n from ${name}`);
      rows.push(`${name}: ${Object.values(counted ?? {}).join()}`);
    }
    const made = (await list(db)).map(({ name, done, total }) => `${name} ${done}/${total}`);
    return [canonicalText(sortState(state)), ...rows.toSorted(), ...made].join("\n");
  });
}

interface Aim {
  readonly database: ProcessDatabase;
  readonly lockStays: boolean;
  readonly stage: Stage;
  readonly index: number;
  readonly text: string;
  readonly moment: Moment;
}

/** In a process that runs its statements itself a short one may be answered before the signal comes: then once more. */
const tries = 4;

async function killOnce(aim: Aim, pool: ProcessPool): Promise<Omit<Killed, "snapshots">> {
  const { database, stage, index, text, moment } = aim;
  for (let at = 1; ; at += 1) {
    const one = await pool.take();
    const { work: todo, migration } = stage;
    one.tell({ place: database.place, work: todo, dies: { migration, index, text, moment } });
    const fall = moment === "in" ? await killIn(one, aim) : { isWaiting: false, isLate: false };
    const { code, said } = await one.ended;
    // Behind the last statement of all a process may be done before the signal comes.
    const isDone = moment === "in" && code === 0;
    const isLate = fall.isLate || isDone;
    const lived = code === "SIGKILL" || isDone ? [] : [`${moment} ${migration} ${index} (${text}): ${code} ${said}`];
    // Whoever waits until the lock runs out waits for seconds, at each kill.
    if (aim.lockStays) await on(database, (db) => unlock(db));
    const isAgain = isLate && !isDone && database.hold === undefined && at < tries && lived.length === 0;
    if (!isAgain) return { lived, kills: 1, waiting: Number(fall.isWaiting), late: Number(isLate) };
  }
}

/** Ends a process while the database works on its statement: held by a lock where that can be, else right after it was sent. */
async function killIn(one: WarmProcess, aim: Aim): Promise<{ readonly isWaiting: boolean; readonly isLate: boolean }> {
  if (!(await one.says("ready"))) return { isWaiting: false, isLate: false };
  const held = await holdFor(aim);
  one.tell("go");
  try {
    if (held !== undefined) {
      const isWaiting = await waits(held, one);
      return { isWaiting, isLate: one.has("answered") };
    }
    await one.says("sent");
    return { isWaiting: false, isLate: (await one.kill(), one.has("answered")) };
  } finally {
    await one.kill();
    await held?.release();
  }
}

const patience = 10_000;

async function waits(held: HeldTable, one: WarmProcess): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end && !one.has("answered")) {
    if (await held.isAwaited()) return true;
    await sleep(2);
  }
  return false;
}

/** Locks a table that the statement needs, if there is one that is not locked by the process itself. */
async function holdFor({ database, text }: Aim): Promise<HeldTable | undefined> {
  if (database.hold === undefined) return undefined;
  if (text.includes(` from ${gateTable}`)) return database.hold(gateTable, "reads");
  const [table] = /\b(copy|made|named|kept)_\d+\b|\b(users|posts|notes)\b/.exec(text) ?? [];
  if (table === undefined) return undefined;
  // A table that is not there yet, or that the process has locked in its transaction, cannot be held.
  return database.hold(table, "writes").catch(() => undefined);
}
