import { createDatabase, type AnySchema } from "@mortise/core";
import { plan, push, type PushOptions } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import type { SharedDatabase, Target } from "../values/target.ts";
import type { Evolution } from "./evolution.ts";
import { evolutions } from "./evolutions.ts";

/** Every evolution on one engine: there, with its rows, and back. After each way nothing is left to do. */
export function runMigrations(target: Target): void {
  describe(`${target.name} migrates`, () => {
    for (const evolution of evolutions) {
      test(`${evolution.name}`, async () => {
        const shared = await target.shared();
        try {
          const { left, refusal } = await run(shared, evolution);
          expect(left).toEqual([]);
          expect(refusal).toMatch(evolution.refused ?? /^$/);
        } finally {
          await shared.remove();
        }
      });
    }
  });
}

interface Outcome {
  /** What was still to do after a push. */
  readonly left: readonly string[];
  /** What the push without acknowledgements said. */
  readonly refusal: string;
}

async function run(shared: SharedDatabase, evolution: Evolution): Promise<Outcome> {
  const { before, after, rows = [], options = {}, refused, holds, back } = evolution;
  const open = async (schema: AnySchema) => createDatabase(schema, await shared.open());
  const left: string[] = [];
  const first = await open(before);
  left.push(...(await pushAll(first, {})));
  for (const statement of rows) await first.raw(statement);
  await first.close();

  const second = await open(after);
  const refusal = refused === undefined ? "" : await refusalOf(second, options);
  left.push(...(await pushAll(second, options)));
  await holds?.(second);
  await second.close();
  if (back === false) return { left, refusal };

  const third = await open(before);
  left.push(...(await pushAll(third, { drop: true, acknowledge: ["all"], ...back })));
  await third.close();
  return { left, refusal };
}

/** Pushes, and gives what is left to do; a push that does nothing is left undone. */
async function pushAll(db: object, options: PushOptions): Promise<readonly string[]> {
  const { changes } = await push(db, options);
  const { steps, refused } = await plan(db, options);
  return [...(changes.length === 0 ? ["nothing was done"] : []), ...[...steps, ...refused].map(({ line }) => line)];
}

async function refusalOf(db: object, options: PushOptions): Promise<string> {
  try {
    await push(db, { ...options, acknowledge: [] });
    return "";
  } catch (error) {
    return String(error);
  }
}
