import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactText } from "../values/exact-text.ts";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { lawRows, openLaws, refill, type LawDatabase, type LawQuery, type LawRow } from "./law-database.ts";
import { addTerms, holds, lawFilter, type Term } from "./law-filter.ts";

/** Writes touch what their filter finds, give back what is stored, and leave nothing behind when they are taken back. */
export function writeLaws(target: Target): void {
  describe("writes", () => {
    let laws: LawDatabase;
    let hasSavepoints: boolean;
    const open = async () => {
      const adapter = await target.open();
      hasSavepoints = adapter.capabilities.savepoints;
      return adapter;
    };
    beforeAll(async () => void (laws = await openLaws(open)));
    afterAll(() => laws.db.close());
    for (const [name, body] of Object.entries(bodies)) {
      it(
        name,
        () =>
          check(
            fc.asyncProperty(lawRows, lawFilter, async (rows, terms) => body(laws, terms, await refill(laws, rows))),
            100,
          ),
        lawTimeout,
      );
    }
    it(
      "in savepoints are what a stack of copies says",
      async ({ skip }) => {
        skip(!hasSavepoints, `${target.name} has no savepoints`);
        await check(
          fc.asyncProperty(program, (steps) => agreesWithStack(laws, steps)),
          60,
        );
      },
      lawTimeout,
    );
  });
}

type Body = (laws: LawDatabase, terms: readonly Term[], rows: readonly LawRow[]) => Promise<void>;
const digest = async (query: LawQuery) => exactText(await query.orderBy("id").plain());

const bodies: Readonly<Record<string, Body>> = {
  "update as many rows as the filter counts, and no other": async ({ query }, terms, rows) => {
    const found = addTerms(query, terms);
    const expected = rows.filter((row) => holds(terms, row) === true).map((row) => row["id"]);
    expect(await found.unfiltered().update({ n: 99 })).toBe(expected.length);
    expect(await query.where("n", 99).orderBy("id").pluck("id")).toEqual(expected);
    const others = (await query.where("n", "!=", 99).orderBy("id").plain()).map(exactText);
    expect(others).toEqual(rows.filter((row) => !expected.includes(row["id"])).map(exactText));
  },
  "delete as many rows as the filter counts, and give them back": async ({ query }, terms, rows) => {
    const found = addTerms(query, terms).unfiltered();
    const before = await addTerms(query, terms).orderBy("id").many();
    const gone = await found.returning().delete();
    expect(gone.map(exactText).toSorted()).toEqual(before.map(exactText).toSorted());
    expect(await query.count()).toBe(rows.length - before.length);
    expect(await found.delete()).toBe(0);
  },
  "of many rows are the writes of each": async ({ query }, _, rows) => {
    const bulk = await digest(query);
    await query.truncate();
    for (const row of rows) await query.insert(row);
    expect(await digest(query)).toBe(bulk);
    await query.truncate();
    const half = Math.floor(rows.length / 2);
    await query.insertMany(rows.slice(0, half));
    await query.upsertMany(rows, { conflict: ["id"] });
    expect(await digest(query)).toBe(bulk);
  },
  "that are rolled back leave no trace": async ({ db, query }, terms) => {
    const before = await digest(query);
    const failed = db.transaction(async () => {
      await query.insert({ n: 1 });
      await addTerms(query, terms).unfiltered().update({ text: "changed" });
      await query.where("id", ">", 3).delete();
      throw new Error("taken back");
    });
    await expect(failed).rejects.toThrow("taken back");
    expect(await digest(query)).toBe(before);
    await expect(query.maxRows(0).where("id", ">", 0).update({ n: 5 }).then(failAbove)).rejects.toThrow(
      /maxRows|no rows/,
    );
    expect(await digest(query)).toBe(before);
  },
  "written again as they were read change nothing": async ({ query }) => {
    const before = await digest(query);
    for (const row of await query.many()) {
      const { id, ...values } = row;
      expect(await query.where("id", id).update(values)).toBe(1);
    }
    expect(await digest(query)).toBe(before);
  },
};

/** `maxRows(0)` refuses any row; without rows there is nothing to refuse. */
function failAbove(count: unknown): never {
  throw new Error(count === 0 ? "no rows" : "rows were written");
}

type Step =
  | { readonly kind: "insert"; readonly n: number }
  | { readonly kind: "delete"; readonly n: number }
  | { readonly kind: "nested"; readonly steps: readonly Step[]; readonly fails: boolean };

const program: Arbitrary<readonly Step[]> = fc.letrec<{ steps: readonly Step[]; step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.record({ kind: fc.constant("insert" as const), n: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant("delete" as const), n: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant("nested" as const), steps: tie("steps"), fails: fc.boolean() }),
  ),
  steps: fc.array(tie("step"), { maxLength: 4 }),
})).steps;

class Planned extends Error {}

async function agreesWithStack(laws: LawDatabase, steps: readonly Step[]): Promise<void> {
  await laws.query.truncate();
  const expected = await runSteps(laws, steps, []);
  expect(await laws.query.orderBy("n").pluck("n")).toEqual(expected.toSorted((left, right) => left - right));
}

/** Runs the steps and gives what the table must hold: a failed transaction gives back what was there before. */
async function runSteps(
  laws: LawDatabase,
  steps: readonly Step[],
  before: readonly number[],
): Promise<readonly number[]> {
  const { query } = laws;
  let held = before;
  for (const step of steps) {
    if (step.kind === "insert") {
      await query.insert({ n: step.n });
      held = [...held, step.n];
    } else if (step.kind === "delete") {
      const gone = held.filter((n) => n === step.n).length;
      expect(await query.where("n", step.n).delete()).toBe(gone);
      held = held.filter((n) => n !== step.n);
    } else {
      held = await nested(laws, step, held);
    }
  }
  return held;
}

async function nested(
  laws: LawDatabase,
  step: Step & { kind: "nested" },
  held: readonly number[],
): Promise<readonly number[]> {
  let inside = held;
  const done = laws.db.transaction(async (tx) => {
    inside = await runSteps({ ...laws, query: tx.from(laws.model) }, step.steps, held);
    if (step.fails) throw new Planned();
  });
  if (!step.fails) {
    await done;
    return inside;
  }
  await expect(done).rejects.toThrow(Planned);
  return held;
}
