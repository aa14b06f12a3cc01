import { col, createDatabase, createSchema, defineModel, InvalidValueError } from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "./target.ts";
import type { CaseColumn, ValueCase } from "./value-case.ts";

/**
 * A value that does not fit its column is an `InvalidValueError` on every way in: it names model and column and never the value, no
 * statement is sent and nothing is written.
 */
export function refusedValues(target: Target, cases: readonly ValueCase[]): void {
  describe.each(cases)("$name refuses", (one) => {
    let opened: Opened;
    beforeAll(async () => void (opened = await open(target, one.column)));
    afterAll(() => opened.db.close());
    const ways = one.compares === "not" ? { ...writes, ...lookups } : { ...writes, ...lookups, ...filters };
    it.each(Object.keys(ways))("what does not fit, on the way in by %s", async (name) => {
      for (const value of one.refused) {
        if (isList(one.column) && name === "whereIn" && Array.isArray(value)) continue;
        await expectRefused(opened, () => ways[name]?.(opened, value), value, name in lookups ? /^select/ : undefined);
      }
    });
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(target: Target, value: CaseColumn) {
  const Guarded = defineModel("guarded", { columns: { id: col.increment(), value, note: col.text() } });
  const schema = createSchema({ guarded: Guarded });
  const db = createDatabase(schema, await target.open());
  await push(db);
  await db.from(schema.guarded).insert({ note: "kept" });
  const sent: string[] = [];
  db.on("query", ({ sql }) => void sent.push(sql));
  return { db, sent, query: db.from(schema.guarded) };
}

type Way = (opened: Opened, value: unknown) => Promise<unknown>;

const writes: Readonly<Record<string, Way>> = {
  insert: ({ query }, value) => query.insert({ value }),
  update: ({ query }, value) => query.where("id", 1).update({ value }),
  upsert: ({ query }, value) => query.upsert({ id: 1, value }, { conflict: ["id"] }),
};

/** These look for rows before they know what they will write. */
const lookups: Readonly<Record<string, Way>> = {
  updateOrCreate: ({ query }, value) => query.updateOrCreate({ id: 99 }, { value }),
  "updateOrCreate of a row": ({ query }, value) => query.updateOrCreate({ id: 1 }, { value }),
};

const filters: Readonly<Record<string, Way>> = {
  where: ({ query }, value) => query.where("value", value).many(),
  "where of an object": ({ query }, value) => query.where({ value }).count(),
  "where with an operator": ({ query }, value) => query.where("value", "!=", value).exists(),
  whereNot: ({ query }, value) => query.whereNot("value", value).many(),
  whereIn: ({ query }, value) => query.whereIn("value", [value]).many(),
  whereBetween: ({ query }, value) => query.whereBetween("value", [value, value]).many(),
  "the filter of an update": ({ query }, value) => query.where("value", value).update({ note: "changed" }),
  "the filter of a delete": ({ query }, value) => query.where("value", value).delete(),
  firstOrCreate: ({ query }, value) => query.firstOrCreate({ value }),
};

function isList(column: CaseColumn): boolean {
  return column.type.kind === "set" || column.type.kind === "array";
}

async function expectRefused(
  opened: Opened,
  act: () => Promise<unknown> | undefined,
  value: unknown,
  allowed: RegExp | undefined,
): Promise<void> {
  opened.sent.length = 0;
  const error = await failure(act);
  if (!(error instanceof InvalidValueError)) throw new Error(`Not refused: ${describeValue(value)}`, { cause: error });
  expect(error).toMatchObject({ code: "INVALID_VALUE", model: "guarded", column: "value" });
  const { message } = error;
  expect(message).toMatch(/^guarded\.value .+\.$|"guarded"/);
  if (typeof value === "string" && value.trim().length > 4) expect(message).not.toContain(value);
  expect(opened.sent.filter((sql) => allowed?.test(sql) !== true)).toEqual([]);
  expect(await opened.query.count()).toBe(1);
  expect((await opened.query.sole()).note).toBe("kept");
}

async function failure(act: () => Promise<unknown> | undefined): Promise<unknown> {
  try {
    return { resolved: await act() };
  } catch (error) {
    return error;
  }
}

function describeValue(value: unknown): string {
  return `for a ${typeof value} such as ${Object.prototype.toString.call(value)} ${typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : ""}`;
}
