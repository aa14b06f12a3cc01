import process from "node:process";
import { createDatabase, createSchema, defineModel } from "@mortise/core";
import { plan, push, type Plan, type PushOptions } from "@mortise/migrator";
import { beforeAll, describe, expect, test } from "vitest";
import { makeTables } from "../../make-tables.ts";
import { untrusted } from "../../untrusted.ts";
import type { OpenAdapter } from "../../suite.ts";
import type { Target } from "../../values/target.ts";
import { tableName, type Definition, type Operation, type Row } from "./operation.ts";
import { operations } from "./operations.ts";

/**
 * What became of an operation on the empty table, the filled one and the one with rows in its way: `applied`; `narrow-type 2 > applied`,
 * refused until that is acknowledged, with the rows counted, and what came of it then; `database`, refused by the database with
 * nothing changed; or `never`, refused whatever one says. States without rows of their own are left out.
 */
export type Outcome = string;

/**
 * Every operation in every state on one engine, against what is expected of it. No row goes without an
 * acknowledgement. `cleanup` is what a dropped table leaves behind.
 */
export function runOperations(
  target: Target,
  expected: Readonly<Record<string, Outcome>>,
  cleanup: readonly string[] = [],
): void {
  describe(`${target.name} destroys nothing unasked`, () => {
    const found: Record<string, Outcome> = {};
    beforeAll(async () => {
      const shared = await target.shared();
      try {
        for (const operation of operations) found[operation.name] = await tryOperation(shared.open, operation, cleanup);
      } finally {
        await shared.remove();
      }
      if (process.env["OPERATIONS_VERBOSE"] !== undefined)
        console.log(`${target.name} ${JSON.stringify(found, null, 2)}`);
    }, 240_000);
    test.each(operations)("$name", ({ name }) => {
      expect(found[name]).toBe(expected[name]);
    });
    test("in operations that are all there", () => {
      expect(Object.keys(expected).toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
    });
  });
}

async function tryOperation(open: OpenAdapter, operation: Operation, cleanup: readonly string[]): Promise<Outcome> {
  const model = modelOf(operation.before);
  const before = createSchema({ ops: model });
  const outcomes: string[] = [];
  const { filled, violating } = operation;
  for (const [at, rows] of [[], filled, violating].entries()) {
    const isKnown = at === 1 ? filled.length === 0 : at === 2 && violating.length === filled.length;
    if (isKnown) continue;
    const adapter = await open();
    await using db = createDatabase(before, adapter);
    await makeTables(open, before, db);
    if (rows.length > 0) await db.from(model).insertMany(untrusted(rows));
    outcomes.push(await outcomeOf(open, operation, rows, db));
    await db.raw(`drop table if exists ${tableName}`);
    for (const text of cleanup) await db.raw(text);
  }
  return outcomes.join(" | ");
}

function modelOf(definition: Definition) {
  return defineModel(tableName, definition);
}

async function outcomeOf(
  open: OpenAdapter,
  { after }: Operation,
  rows: readonly Row[],
  was: { raw(text: string): PromiseLike<readonly object[]> },
): Promise<string> {
  await using db = createDatabase(createSchema(after === undefined ? {} : { ops: modelOf(after) }), await open());
  const isHere = async (): Promise<void> => {
    const [row] = await was.raw(`select count(*) as n from ${tableName}`);
    expect(Number(Object.values(row ?? {})[0])).toBe(rows.length);
  };
  const first = await tryPush(db, { drop: true });
  if (first === "never") return first;
  if (first !== "refused") {
    if (after !== undefined) await isHere();
    if (first === "database") await isUntouched(was);
    return first;
  }
  await isHere();
  await isUntouched(was);
  const codes = dangers(await plan(db, { drop: true }));
  const acknowledge = codes.map(({ code, target }) => `${code}:${target}`);
  const second = await tryPush(db, { drop: true, acknowledge });
  if (second === "database") await isUntouched(was);
  if (after !== undefined) await isHere();
  return `${codes.map(({ code, rows: count }) => `${code} ${count}`).join(", ")} > ${second}`;
}

/** The database is still what the first schema asks for. */
async function isUntouched(db: object): Promise<void> {
  const { steps } = await plan(db);
  expect(steps.map(({ line }) => line)).toEqual([]);
}

function dangers({ steps }: Plan) {
  return steps.flatMap(({ hazards }) => hazards.filter(({ level, rows }) => level === "destructive" && rows !== 0));
}

async function tryPush(db: object, options: PushOptions): Promise<string> {
  try {
    await push(db, options);
    return "applied";
  } catch (error) {
    const said = String(error);
    if (said.includes("cannot be migrated")) return "never";
    return said.includes("Acknowledge it with") ? "refused" : "database";
  }
}
