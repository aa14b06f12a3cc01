import { describe, expect, test } from "vitest";
import type { Clause, Condition, ModelSpec, Value } from "../program.ts";
import { compare, testClauses } from "./condition.ts";
import { Store, toRow } from "./store.ts";
import { every, not, some, type Truth } from "./truth.ts";

const truths: readonly Truth[] = ["true", "false", "unknown"];

/** `left right: and or` for every pair of values. */
const tables = [
  ["true", "true", "true", "true"],
  ["true", "false", "false", "true"],
  ["true", "unknown", "unknown", "true"],
  ["false", "true", "false", "true"],
  ["false", "false", "false", "false"],
  ["false", "unknown", "false", "unknown"],
  ["unknown", "true", "unknown", "true"],
  ["unknown", "false", "false", "unknown"],
  ["unknown", "unknown", "unknown", "unknown"],
] as const;

test.each(tables)("%s, %s: and is %s, or is %s", (left, right, and, or) => {
  expect(every([left, right])).toBe(and);
  expect(some([left, right])).toBe(or);
});

test("not turns true and false round and leaves what is unknown", () => {
  expect(truths.map(not)).toEqual(["false", "true", "unknown"]);
  expect(every([])).toBe("true");
  expect(some([])).toBe("false");
});

describe("laws", () => {
  const triples = truths.flatMap((a) => truths.flatMap((b) => truths.map((c) => [a, b, c] as const)));
  test.each(triples)("%s, %s, %s", (a, b, c) => {
    expect(not(not(a))).toBe(a);
    expect(every([a, b])).toBe(every([b, a]));
    expect(some([a, b])).toBe(some([b, a]));
    expect(every([every([a, b]), c])).toBe(every([a, b, c]));
    expect(not(every([a, b]))).toBe(some([not(a), not(b)]));
    expect(not(some([a, b]))).toBe(every([not(a), not(b)]));
    expect(every([a, some([b, c])])).toBe(some([every([a, b]), every([a, c])]));
  });
});

/** A comparison of 1, 2 and null with 2 and null, for each operator. */
test.each([
  ["=", ["false", "true", "unknown"]],
  ["!=", ["true", "false", "unknown"]],
  ["<", ["true", "false", "unknown"]],
  ["<=", ["true", "true", "unknown"]],
  [">", ["false", "false", "unknown"]],
  [">=", ["false", "true", "unknown"]],
] as const)("%s 2", (operator, expected) => {
  expect([1, 2, null].map((value) => compare("integer", value, operator, 2))).toEqual(expected);
  expect([1, 2, null].map((value) => compare("integer", value, operator, null))).toEqual(truths.map(() => "unknown"));
});

const model: ModelSpec = {
  name: "rows",
  columns: ["id", "a", "b"].map((name) => ({ name, kind: "integer", nullable: true, scale: 0, pool: [] })),
  uniques: [],
  softDelete: undefined,
  relations: [],
};
const listed = (...values: readonly Value[]) =>
  new Store({ models: [model], rows: { rows: values.map((a, id) => ({ id, a, b: null })) } });

/** What a condition is for rows whose `a` is 1, 2 and null. */
function outcomes(condition: Condition, store = listed(), negated = false): Truth[] {
  const clause: Clause = { connector: "and", negated, condition };
  return [1, 2, null].map((a) => testClauses(store, model, toRow(model, { a, b: 2 }), [clause]));
}

const column = "a";
const query = { model: "rows", column, where: [], trashed: "without" } as const;
const conditions: readonly (readonly [string, Condition, readonly Truth[]])[] = [
  ["= null", { is: "compare", column, operator: "=", value: null }, ["false", "false", "true"]],
  ["!= null", { is: "compare", column, operator: "!=", value: null }, ["true", "true", "false"]],
  ["null", { is: "null", column, negated: false }, ["false", "false", "true"]],
  ["not null", { is: "null", column, negated: true }, ["true", "true", "false"]],
  ["in [2]", { is: "in", column, values: [2], negated: false }, ["false", "true", "unknown"]],
  ["not in [2]", { is: "in", column, values: [2], negated: true }, ["true", "false", "unknown"]],
  ["in []", { is: "in", column, values: [], negated: false }, ["false", "false", "false"]],
  ["not in []", { is: "in", column, values: [], negated: true }, ["true", "true", "true"]],
  ["between 2 and 3", { is: "between", column, low: 2, high: 3, negated: false }, ["false", "true", "unknown"]],
  ["not between", { is: "between", column, low: 2, high: 3, negated: true }, ["true", "false", "unknown"]],
  ["between 3 and 2", { is: "between", column, low: 3, high: 2, negated: false }, ["false", "false", "unknown"]],
  ["column =", { is: "columns", left: "a", operator: "=", right: "b" }, ["false", "true", "unknown"]],
  ["column <=", { is: "columns", left: "a", operator: "<=", right: "a" }, ["true", "true", "unknown"]],
  ["empty group", { is: "group", clauses: [] }, ["true", "true", "true"]],
];

test.each(conditions)("%s", (_, condition, expected) => {
  expect(outcomes(condition)).toEqual(expected);
  expect(outcomes(condition, listed(), true)).toEqual(expected.map(not));
});

test("a null in the query after in is unknown, and left aside after not in", () => {
  const within = { is: "inQuery", column, query, negated: false } as const;
  const without = { ...within, negated: true };
  expect(outcomes(within, listed(2, null))).toEqual(["unknown", "true", "unknown"]);
  expect(outcomes(without, listed(2, null))).toEqual(["true", "false", "unknown"]);
  expect(outcomes(within, listed())).toEqual(["false", "false", "false"]);
  expect(outcomes(without, listed(null))).toEqual(["true", "true", "true"]);
});

test("and binds stronger than or", () => {
  const is = (value: Value): Condition => ({ is: "compare", column, operator: "=", value });
  const calls = (...connectors: readonly Clause["connector"][]): readonly Clause[] =>
    connectors.map((connector, at) => ({ connector, negated: false, condition: is(at + 1) }));
  const found = (clauses: readonly Clause[]) =>
    [1, 2, 3].map((a) => testClauses(listed(), model, toRow(model, { a }), clauses));
  expect(found(calls("or", "or", "and"))).toEqual(["true", "false", "false"]);
  expect(found(calls("and", "or", "or"))).toEqual(["true", "true", "true"]);
  expect(found([])).toEqual(["true", "true", "true"]);
});
