import { createDatabase, createSchema, defineModel } from "@mortise/core";
import { plan, push, type Plan, type PushOptions } from "@mortise/migrator";
import { beforeAll, describe, expect, test } from "vitest";
import type { Target } from "../values/target.ts";

type Definition = Parameters<typeof defineModel>[1];

/** Something that databases store in other words than it was declared in. */
export interface Trap {
  readonly name: string;
  readonly declared: Definition;
  /** The declaration with one thing changed: a difference, which is gone once it was made. */
  readonly twin: Definition;
  /** Statements that make the table `$table` instead of us; the declaration has to find it as it is. */
  readonly made?: readonly string[];
}

interface Found {
  readonly declared: readonly string[];
  readonly twin: readonly string[];
  readonly after: readonly string[];
}

/** Declared and made, nothing is left to do; with one thing changed, something is, and nothing once it was made. */
export function runTraps(target: Target, traps: readonly Trap[]): void {
  describe(`${target.name} is quiet when equal, and only then`, () => {
    let found: Found = { declared: [], twin: [], after: [] };
    beforeAll(async () => void (found = await tryAll(target, traps)));
    for (const [at, trap] of traps.entries()) {
      const own = (lines: readonly string[]) => lines.filter((line) => new RegExp(`\\b${tableName(at)}\\b`).test(line));
      test(`${trap.name}`, () => {
        expect(own(found.declared), "declared").toEqual([]);
        expect(own(found.twin), "changed").not.toEqual([]);
        expect(own(found.after), "changed and made").toEqual([]);
      });
    }
  });
}

/** All of them in one database: a table each. */
async function tryAll(target: Target, traps: readonly Trap[]): Promise<Found> {
  const shared = await target.shared();
  const open = async (of: (trap: Trap) => Definition, some = traps) => {
    const models = some.map((trap) => [
      tableName(traps.indexOf(trap)),
      defineModel(tableName(traps.indexOf(trap)), of(trap)),
    ]);
    return createDatabase(createSchema(Object.fromEntries(models)), await shared.open());
  };
  try {
    const plain = traps.filter(({ made }) => made === undefined);
    const first = await open(({ declared }) => declared, plain);
    await attempt(first, {});
    for (const trap of traps) {
      for (const text of trap.made ?? []) await first.raw(text.replaceAll("$table", tableName(traps.indexOf(trap))));
    }
    await first.close();
    const second = await open(({ declared }) => declared);
    const declared = lines(await plan(second));
    await second.close();
    const third = await open(({ twin }) => twin);
    const options = { drop: true, acknowledge: ["all"] };
    const twin = lines(await plan(third, options));
    await attempt(third, options);
    const after = lines(await plan(third, options));
    await third.close();
    return { declared, twin, after };
  } finally {
    await shared.remove();
  }
}

/** What a push leaves undone is seen by the plan that is made next, table by table. */
async function attempt(db: object, options: PushOptions): Promise<void> {
  try {
    await push(db, options);
  } catch (error) {
    console.error(error);
  }
}

function tableName(at: number): string {
  return `trap_${at}`;
}

function lines({ steps, refused }: Plan): readonly string[] {
  return [...steps, ...refused].map(({ line }) => line);
}
