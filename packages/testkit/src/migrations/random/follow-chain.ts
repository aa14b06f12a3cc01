import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { generate, migrate, plan, push, rollback, type Plan } from "@mortise/migrator";
import { expect } from "vitest";
import type { SharedDatabase } from "../../values/target.ts";
import { statesOf } from "./comparable-state.ts";
import { settled, type Draft } from "./draft.ts";
import { arbitraryDraft, arbitraryEdit, edited, type Edit } from "./edit.ts";
import type { Extras } from "./extras.ts";
import { among, expectedValues, fill, openDraft, valuesIn, type DraftDatabase } from "./read-rows.ts";

/** One evolution: at once, by a migration file, or by one that is taken back. */
interface Step {
  readonly way: "push" | "file" | "file and back";
  readonly edits: readonly Edit[];
}

/** A schema and five evolutions of it. */
export interface Chain {
  readonly first: Draft;
  readonly steps: readonly Step[];
}

const stepsInChain = 5;

export const arbitraryChain: fc.Arbitrary<Chain> = fc.record({
  first: arbitraryDraft,
  steps: fc.array(
    fc.record({
      way: fc.constantFrom("push", "file", "file and back"),
      edits: fc.array(arbitraryEdit, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: stepsInChain, maxLength: stepsInChain },
  ),
});

/** Takes a database with rows through a chain. With `extras` nothing is dropped, and what nobody declared must stay. */
export async function followChain(shared: SharedDatabase, { first, steps }: Chain, extras?: Extras): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "mortise-chain-"));
  try {
    const known = await begin(shared, first, extras);
    let draft = first;
    for (const [at, step] of steps.entries()) {
      const next = step.edits.reduce(edited, settled(draft));
      const place = { shared, directory: join(directory, String(at)), extras, at };
      const from = settled(draft);
      draft = await evolve(place, from, next, step.way).catch((cause: unknown) => {
        throw new Error(`Evolution ${at} (${step.way}) failed: ${step.edits.map(({ what }) => what).join(", ")}.`, {
          cause,
        });
      });
      if (extras === undefined) continue;
      await using db = await openDraft(shared, settled(draft));
      expect(await db.raw(extras.fingerprint)).toEqual(known);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function begin(
  shared: SharedDatabase,
  first: Draft,
  extras: Extras | undefined,
): Promise<readonly object[] | undefined> {
  await using db = await openDraft(shared, settled(first));
  await push(db.handle);
  await fill(db, first.tables);
  if (extras === undefined) return undefined;
  for (const statement of extras.make(first.tables[0]?.name ?? "")) await db.raw(statement);
  const known = await db.raw(extras.fingerprint);
  expect(known.length).toBeGreaterThanOrEqual(extras.count);
  return known;
}

interface Place {
  readonly shared: SharedDatabase;
  readonly directory: string;
  readonly extras: Extras | undefined;
  readonly at: number;
}

/** Makes one evolution and checks it; gives the draft that the database is at then. */
async function evolve(place: Place, before: Draft, after: Draft, way: Step["way"]): Promise<Draft> {
  const { shared, directory, extras, at } = place;
  const values = await withDraft(shared, before, valuesIn);
  const options = { drop: extras === undefined, acknowledge: ["all"] };
  const changed = await withDraft(shared, after, async (db) => {
    if (way === "push") await push(db.handle, options);
    else {
      const date = new Date(Date.UTC(2026, 0, 1, 0, 0, at));
      const files = await generate(db.handle, { ...options, directory, name: "step", at: date });
      if (files.length > 0) await migrate(db.handle, { directory });
      if (files.length === 0) return false;
    }
    await requireAt(db, extras === undefined);
    const expected = expectedValues(values, before, after);
    expect(among(await valuesIn(db), expected)).toEqual(expected);
    if (way === "file and back") return true;
    const known = new Set(before.tables.map(({ key }) => key));
    await fill(
      db,
      after.tables.filter(({ key }) => !known.has(key)),
    );
    return true;
  });
  if (way !== "file and back" || !changed) return after;
  return goBack(place, before, after);
}

/** Takes the last migration back where it can be, and checks that everything is as before. */
async function goBack({ shared, directory, extras }: Place, before: Draft, after: Draft): Promise<Draft> {
  const values = await withDraft(shared, after, valuesIn);
  const isBack = await withDraft(shared, after, (db) =>
    rollback(db.handle, { directory, step: 1 }).then(
      () => true,
      (error: Error) => {
        if (error.message.includes("cannot be taken back")) return false;
        throw error;
      },
    ),
  );
  if (!isBack) return after;
  await withDraft(shared, before, async (db) => {
    await requireAt(db, extras === undefined);
    const expected = expectedValues(values, after, before);
    expect(among(await valuesIn(db), expected)).toEqual(expected);
  });
  return before;
}

async function withDraft<T>(shared: SharedDatabase, draft: Draft, body: (db: DraftDatabase) => Promise<T>): Promise<T> {
  await using db = await openDraft(shared, draft);
  return await body(db);
}

/** The database has what its schema asks for; where drops are wanted, that and nothing else. */
async function requireAt({ handle, draft }: DraftDatabase, isWhole: boolean): Promise<void> {
  const { steps, refused }: Plan = await plan(handle, { drop: isWhole, acknowledge: ["all"] });
  expect([...steps, ...refused].map(({ line }) => line)).toEqual([]);
  if (!isWhole || draft.tables.length === 0) return;
  const [actual, desired] = await statesOf(handle);
  expect(actual).toEqual(desired);
}
