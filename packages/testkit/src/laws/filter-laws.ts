import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { lawRows, openLaws, refill, type LawDatabase, type LawQuery, type LawRow } from "./law-database.ts";
import { addTerms, asQuery, fromPool, holds, lawFilter, type Term } from "./law-filter.ts";

/** What filters mean, checked against three-valued logic and against one another. */
export function filterLaws(target: Target): void {
  describe("filters", () => {
    let laws: LawDatabase;
    beforeAll(async () => void (laws = await openLaws(target.open)));
    afterAll(() => laws.db.close());
    const law = (
      name: string,
      runs: number,
      body: (query: LawQuery, terms: Two, rows: readonly LawRow[]) => Promise<void>,
    ) =>
      it(
        name,
        () =>
          check(
            fc.asyncProperty(lawRows, lawFilter, lawFilter, async (rows, p, q) => {
              await body(laws.query.orderBy("id"), { p, q }, await refill(laws, rows));
            }),
            runs,
          ),
        lawTimeout,
      );
    for (const [name, body] of Object.entries(bodies)) law(name, 150, body);
  });
}

interface Two {
  readonly p: readonly Term[];
  readonly q: readonly Term[];
}

const ids = (query: LawQuery) => query.pluck("id");
const by = (query: LawQuery, terms: readonly Term[]) => query.where((draft) => void addTerms(asQuery(draft), terms));
const byNot = (query: LawQuery, terms: readonly Term[]) =>
  query.whereNot((draft) => void addTerms(asQuery(draft), terms));

const bodies: Readonly<Record<string, (query: LawQuery, terms: Two, rows: readonly LawRow[]) => Promise<void>>> = {
  "mean what three-valued logic says": async (query, { p }, rows) => {
    const expected = rows.filter((row) => holds(p, row) === true).map((row) => row["id"]);
    expect(await ids(addTerms(query, p))).toEqual(expected);
    expect(await addTerms(query, p).count()).toBe(expected.length);
    expect(await addTerms(query, p).exists()).toBe(expected.length > 0);
  },
  "split every table in true, false and unknown": async (query, { p }, rows) => {
    const yes = await ids(by(query, p));
    const no = await ids(byNot(query, p));
    const unknown = rows.filter((row) => holds(p, row) === null).map((row) => row["id"]);
    const ascending = (left: unknown, right: unknown) => Number(left) - Number(right);
    expect([...yes, ...no, ...unknown].toSorted(ascending)).toEqual(rows.map((row) => row["id"]));
    expect(
      await ids(
        query.where(
          (draft) =>
            void addTerms(
              by(asQuery(draft), p).orWhereNot((d) => void addTerms(asQuery(d), p)),
              [],
            ),
        ),
      ),
    ).toEqual([...yes, ...no].toSorted((left, right) => Number(left) - Number(right)));
  },
  "count what projecting the condition counts": async (query, { p }, rows) => {
    const counted = await by(query, p).count();
    expect((await query.many()).filter((row) => holds(p, row) === true)).toHaveLength(counted);
    const [low, high] = await Promise.all([by(query, p).min("id"), by(query, p).max("id")]);
    const found = await ids(by(query, p));
    expect([low, high]).toEqual([found[0] ?? null, found.at(-1) ?? null]);
    expect(rows.length - counted).toBeGreaterThanOrEqual(0);
  },
  "join with and as groups do": async (query, { p, q }) => {
    const together = await ids(by(by(query, p), q));
    expect(await ids(query.where((draft) => void by(by(asQuery(draft), p), q)))).toEqual(together);
    expect(await ids(by(by(query, q), p))).toEqual(together);
    const inQ = new Set(await ids(by(query, q)));
    expect((await ids(by(query, p))).filter((id) => inQ.has(id))).toEqual(together);
  },
  "negate twice to themselves, and by De Morgan": async (query, { p, q }) => {
    expect(await ids(query.whereNot((draft) => void byNot(asQuery(draft), p)))).toEqual(await ids(by(query, p)));
    const neither = await ids(byNot(byNot(query, p), q));
    expect(
      await ids(query.whereNot((draft) => void by(asQuery(draft), p).orWhere((d) => void addTerms(asQuery(d), q)))),
    ).toEqual(neither);
    const notBoth = await ids(query.whereNot((draft) => void by(by(asQuery(draft), p), q)));
    const either = byNot(query, p).orWhereNot((d) => void addTerms(asQuery(d), q));
    expect(await ids(either)).toEqual(notBoth);
  },
  "say the same with in of one, objects and operators": async (query, { p }) => {
    const [first] = p;
    const column = first?.condition.kind === "compare" ? first.condition.column : "int";
    for (const at of [0, 1, 2]) {
      const value = fromPool(column, at);
      const equal = await ids(query.where(column, value));
      expect(await ids(query.whereIn(column, [value]))).toEqual(equal);
      expect(await ids(query.where({ [column]: value }))).toEqual(equal);
      expect(await ids(query.whereBetween(column, [value, value]))).toEqual(equal);
      expect(await ids(query.whereNot(column, "!=", value))).toEqual(equal);
      expect(await ids(query.whereIn(column, query.select("id").where(column, value).select(column)))).toEqual(equal);
    }
  },
};
