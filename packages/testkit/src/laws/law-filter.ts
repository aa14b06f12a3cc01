import fc, { type Arbitrary } from "fast-check";
import { untrusted } from "../untrusted.ts";
import { exactText } from "../values/exact-text.ts";
import { lawColumns, type LawQuery, type LawRow } from "./law-database.ts";

type Connector = "and" | "or";
type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A condition as data. `picks` are positions in the column's pool, so that the shape is apart from the values. */
export type Leaf =
  | {
      readonly kind: "compare";
      readonly column: string;
      readonly operator: Comparison;
      readonly picks: readonly number[];
    }
  | { readonly kind: "in"; readonly column: string; readonly negated: boolean; readonly picks: readonly number[] }
  | { readonly kind: "between"; readonly column: string; readonly negated: boolean; readonly picks: readonly number[] }
  | { readonly kind: "null"; readonly column: string; readonly negated: boolean }
  | { readonly kind: "columns"; readonly column: "int"; readonly operator: Comparison; readonly other: "n" };
export interface Group {
  readonly kind: "group";
  readonly negated: boolean;
  readonly terms: readonly Term[];
}
export interface Term {
  readonly connector: Connector;
  readonly condition: Leaf | Group;
}

const columnName = fc.constantFrom(...Object.keys(lawColumns));
const operator = fc.constantFrom<Comparison>("=", "!=", "<", "<=", ">", ">=");
const pick = fc.nat({ max: 50 });

const leaf: Arbitrary<Leaf> = fc.oneof(
  fc.record({ kind: fc.constant("compare" as const), column: columnName, operator, picks: fc.tuple(pick) }),
  fc.record({
    kind: fc.constant("in" as const),
    column: columnName,
    negated: fc.boolean(),
    picks: fc.array(pick, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("between" as const),
    column: columnName,
    negated: fc.boolean(),
    picks: fc.tuple(pick, pick),
  }),
  fc.record({ kind: fc.constant("null" as const), column: columnName, negated: fc.boolean() }),
  fc.record({
    kind: fc.constant("columns" as const),
    column: fc.constant("int" as const),
    operator,
    other: fc.constant("n" as const),
  }),
);

const connector = fc.constantFrom<Connector>("and", "or");

/** Terms up to three groups deep. */
export const lawFilter: Arbitrary<readonly Term[]> = fc.letrec<{ terms: readonly Term[]; group: Group }>((tie) => ({
  terms: fc.array(
    fc.record({ connector, condition: fc.oneof({ depthSize: "small", maxDepth: 3 }, leaf, tie("group")) }),
    { minLength: 1, maxLength: 3 },
  ),
  group: fc.record({ kind: fc.constant("group" as const), negated: fc.boolean(), terms: tie("terms") }),
})).terms;

/** Which value a pick stands for. */
export type Pick = (column: string, at: number) => unknown;

export const fromPool: Pick = (column, at) => {
  const pool = lawColumns[column]?.pool ?? [];
  return pool[at % pool.length];
};

/** The draft of a callback, which has the methods of the query around it. */
export function asQuery(draft: unknown): LawQuery {
  return untrusted(draft);
}

/** Adds terms to a query; a draft inside a callback is a query too. */
export function addTerms(query: LawQuery, terms: readonly Term[], value: Pick = fromPool): LawQuery {
  return terms.reduce((at, { connector: how, condition }) => addTerm(at, how, condition, value), query);
}

function addTerm(query: LawQuery, how: Connector, condition: Leaf | Group, value: Pick): LawQuery {
  const and = how === "and";
  switch (condition.kind) {
    case "group": {
      const build = (draft: unknown) => addTerms(asQuery(draft), condition.terms, value);
      if (condition.negated) return and ? query.whereNot(build) : query.orWhereNot(build);
      return and ? query.where(build) : query.orWhere(build);
    }
    case "compare": {
      const given = value(condition.column, condition.picks[0] ?? 0);
      return and
        ? query.where(condition.column, condition.operator, given)
        : query.orWhere(condition.column, condition.operator, given);
    }
    case "in": {
      const given = condition.picks.map((at) => value(condition.column, at));
      const name = condition.negated ? "not in" : "in";
      return and ? query.where(condition.column, name, given) : query.orWhere(condition.column, name, given);
    }
    case "between": {
      const [low = 0, high = 0] = condition.picks;
      const given: [unknown, unknown] = [value(condition.column, low), value(condition.column, high)];
      const name = condition.negated ? "not between" : "between";
      return and ? query.where(condition.column, name, given) : query.orWhere(condition.column, name, given);
    }
    case "null":
      if (condition.negated) return and ? query.whereNotNull(condition.column) : query.orWhereNotNull(condition.column);
      return and ? query.whereNull(condition.column) : query.orWhereNull(condition.column);
    case "columns":
      return and
        ? query.whereColumn(condition.column, condition.operator, condition.other)
        : query.orWhereColumn(condition.column, condition.operator, condition.other);
  }
}

/** What terms say of a row: true, false, or `null` for unknown. `a and b or c` is `(a and b) or c`. */
export function holds(terms: readonly Term[], row: LawRow): boolean | null {
  const alternatives: (boolean | null)[][] = [];
  for (const { connector: how, condition } of terms) {
    const means = truth(condition, row);
    const conjunction = alternatives.at(-1);
    if (how === "or" || conjunction === undefined) alternatives.push([means]);
    else conjunction.push(means);
  }
  return some(alternatives.map(every));
}

const every = (parts: readonly (boolean | null)[]) =>
  parts.includes(false) ? false : parts.includes(null) ? null : true;
const some = (parts: readonly (boolean | null)[]) =>
  parts.includes(true) ? true : parts.includes(null) ? null : false;
const not = (part: boolean | null) => (part === null ? null : !part);

function truth(condition: Leaf | Group, row: LawRow): boolean | null {
  const own = condition.kind === "group" ? null : rank(condition.column, row[condition.column]);
  switch (condition.kind) {
    case "group": {
      const inner = holds(condition.terms, row);
      return condition.negated ? not(inner) : inner;
    }
    case "null":
      return (own === null) !== condition.negated;
    case "compare":
      return compare(own, condition.operator, position(condition.column, condition.picks[0] ?? 0));
    case "in": {
      const found = some(condition.picks.map((at) => compare(own, "=", position(condition.column, at))));
      return condition.negated ? not(found) : found;
    }
    case "between": {
      const [low = 0, high = 0] = condition.picks;
      const inside = every([
        compare(own, ">=", position(condition.column, low)),
        compare(own, "<=", position(condition.column, high)),
      ]);
      return condition.negated ? not(inside) : inside;
    }
    case "columns":
      return compare(numberOf(row["int"]), condition.operator, numberOf(row["n"]));
  }
}

/** Pools are in the order of their column, so that positions compare as the values do. */
function rank(column: string, value: unknown): number | null {
  if (value === null || value === undefined) return null;
  return (lawColumns[column]?.pool ?? []).findIndex((one) => exactText(one) === exactText(value));
}

function position(column: string, at: number): number {
  return at % (lawColumns[column]?.pool.length ?? 1);
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function compare(left: number | null, how: Comparison, right: number | null): boolean | null {
  if (left === null || right === null) return null;
  switch (how) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
