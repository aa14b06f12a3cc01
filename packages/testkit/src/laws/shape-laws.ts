import { raw, type QueryEvent } from "@mortise/core";
import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactText } from "../values/exact-text.ts";
import type { SharedDatabase, Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { lawColumns, lawRows, openLaws, refill, type LawDatabase, type LawQuery } from "./law-database.ts";
import { addTerms, asQuery, lawFilter, type Pick, type Term } from "./law-filter.ts";

/** The text of a statement is decided by its shape alone, and every shape has a plan of its own. */
export function shapeLaws(target: Target): void {
  describe("shapes", () => {
    let shared: SharedDatabase;
    let laws: LawDatabase;
    beforeAll(async () => {
      shared = await target.shared();
      laws = await openLaws(shared.open);
    });
    afterAll(async () => {
      await laws.db.close();
      await shared.remove();
    });
    it(
      "give the same text and the same plan to other values",
      () =>
        check(
          fc.asyncProperty(shape, (one) => sameText(laws, one)),
          250,
        ),
      lawTimeout,
    );
    it(
      "never share a plan",
      async () => {
        await check(
          fc.asyncProperty(lawRows, fc.array(shape, { minLength: 2, maxLength: 8 }), async (rows, shapes) => {
            await refill(laws, rows);
            for (const one of shapes) {
              expect(exactText(await outcome(laws.query, one))).toBe(await onFreshHandle(shared, one));
            }
          }),
          12,
        );
      },
      lawTimeout,
    );
    it("that differ in the terminal alone never share a plan", () => terminalsDiffer(laws));
  });
}

/** A query as data, with what ends it. */
interface Shape {
  readonly terms: readonly Term[];
  readonly order: readonly string[];
  readonly cut: { readonly limit: number; readonly offset: number } | undefined;
  readonly distinct: boolean;
  readonly terminal: keyof typeof terminals;
}

const shape: Arbitrary<Shape> = fc.record({
  terms: lawFilter,
  order: fc.uniqueArray(fc.constantFrom(...Object.keys(lawColumns)), { maxLength: 2 }),
  cut: fc.option(fc.record({ limit: fc.integer({ min: 1, max: 5 }), offset: fc.nat({ max: 2 }) }), { nil: undefined }),
  distinct: fc.boolean(),
  terminal: fc.constantFrom(
    "many",
    "one",
    "count",
    "exists",
    "min",
    "sum",
    "find",
    "pluck",
    "firstOrNew",
    "paginate",
    "update",
  ),
});

const shown = ["int", "text"] as const;

function build(query: LawQuery, { terms, order, cut, distinct }: Shape, value?: Pick): LawQuery {
  const filtered = addTerms(query, terms, value);
  const shaped = distinct ? asQuery(filtered.select(...shown).distinct()) : filtered;
  const orderable = distinct ? order.filter((column) => shown.some((one) => one === column)) : order;
  const ordered = orderable.reduce((at, column) => at.orderBy(column, "desc"), shaped);
  return cut === undefined ? ordered : ordered.limit(cut.limit).offset(cut.offset);
}

const terminals = {
  many: (query: LawQuery) => query.many(),
  one: (query: LawQuery) => query.one(),
  count: (query: LawQuery) => query.count(),
  exists: (query: LawQuery) => query.exists(),
  min: (query: LawQuery) => query.min("amount"),
  sum: (query: LawQuery) => query.sum("n"),
  find: (query: LawQuery) => query.find(2),
  pluck: (query: LawQuery) => query.pluck("big"),
  firstOrNew: (query: LawQuery) => query.firstOrNew({ int: 1 }),
  paginate: (query: LawQuery) => query.paginate({ page: 1, perPage: 2 }),
  update: (query: LawQuery) => query.unfiltered().update({ n: raw("n") }),
} as const;

/** What a shape gives, or what it throws: a row by key cannot be looked for among distinct ones. */
async function outcome(query: LawQuery, one: Shape): Promise<unknown> {
  try {
    const result = await terminals[one.terminal](build(query, one));
    return Array.isArray(result) && one.order.length === 0 ? result.map(exactText).toSorted() : result;
  } catch (error) {
    return String(error).slice(0, 60);
  }
}

async function onFreshHandle(shared: SharedDatabase, one: Shape): Promise<string> {
  const fresh = await openLaws(shared.open);
  try {
    return exactText(await outcome(fresh.query, one));
  } finally {
    await fresh.db.close();
  }
}

/** Values that nothing else in a statement looks like. */
const telling: Readonly<Record<string, readonly unknown[]>> = {
  n: [918273641, 918273642],
  int: [718273641, 718273642],
  big: [5182736451827364n, 5182736451827365n],
  text: ["zqx7'\"?$1--", "zqx8/**/;"],
  amount: ["31827364.51", "31827364.52"],
  at: [new Date("2031-07-09T11:22:33.444Z"), new Date("2032-08-10T12:23:34.555Z")],
  flag: [true, false],
};
const marks = ["91827364", "71827364", "518273645", "zqx", "31827364", "2031-07", "2032-08"];

async function sameText({ db, query }: LawDatabase, one: Shape): Promise<void> {
  const given =
    (shift: number): Pick =>
    (column, at) =>
      telling[column]?.[(at + shift) % 2];
  const [first, second] = [0, 1].map((shift) => build(query, one, given(shift)).toSQL());
  expect(second?.sql).toBe(first?.sql);
  for (const mark of marks) expect(first?.sql).not.toContain(mark);
  const sent: QueryEvent[] = [];
  const stop = db.on("query", (event) => void sent.push(event));
  await build(query, one, given(0)).many();
  const { misses, hits } = db.planCache;
  await build(query, one, given(1)).many();
  stop();
  expect(db.planCache).toMatchObject({ misses, hits: hits + 1 });
  expect(new Set(sent.map((event) => event.sql))).toEqual(new Set([first?.sql]));
}

/** Shapes whose keys were once alike. */
async function terminalsDiffer(laws: LawDatabase): Promise<void> {
  await refill(
    laws,
    [
      { n: 1, int: 1, text: "a" },
      { n: 2, int: 2, text: "b" },
      { n: 3, int: null, text: "b" },
    ].map((row) => ({ ...empty, ...row })),
  );
  const either = laws.query.where("n", 1).orWhere("n", 2);
  expect(await either.where({ text: "b" }).orderBy("id").one()).toMatchObject({ n: 1 });
  expect(await either.firstOrCreate({ text: "b" })).toMatchObject({ n: 2 });
  expect(await either.where("id", 2).pluck("id")).toEqual([1, 2]);
  expect(await either.find(2)).toMatchObject({ n: 2 });
  expect(await laws.query.limit(1).orderBy("id").count()).toBe(1);
  expect((await laws.query.limit(1).orderBy("id").paginate({ perPage: 5 })).data).toHaveLength(3);
  expect(await laws.query.limit(1).orderBy("id").count()).toBe(1);
}

const empty = Object.fromEntries(Object.keys(lawColumns).map((name) => [name, null]));
