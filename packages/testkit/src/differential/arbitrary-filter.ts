import fc from "fast-check";
import { comparedValue } from "./arbitrary-value.ts";
import {
  modelOf,
  type Clause,
  type ColumnSpec,
  type Comparison,
  type Condition,
  type CountSpec,
  type Kind,
  type ModelSpec,
  type RelatedSpec,
  type Trashed,
} from "./program.ts";

export const comparison = fc.constantFrom<Comparison>("=", "!=", "<", "<=", ">", ">=");
export const trashed = fc.constantFrom<Trashed>("without", "without", "without", "with", "only");
const connector = fc.constantFrom<Clause["connector"]>("and", "and", "or");
const seldom = fc.integer({ min: 0, max: 4 }).map((n) => n === 0);

/** What conditions are made about: one model among all. */
export interface Scope {
  readonly models: readonly ModelSpec[];
  readonly model: ModelSpec;
  /** Inside the query of a relation, where a model's table may go by another name than its own. */
  readonly related: boolean;
}

type Clauses = fc.Arbitrary<readonly Clause[]>;
const known = new WeakMap<ModelSpec, Map<string, Clauses>>();

/** Up to three filter calls, nested so deep at most. Made once for a model, since making arbitraries takes time. */
export function clausesArbitrary(scope: Scope, depth: number): Clauses {
  const own = known.get(scope.model) ?? new Map<string, Clauses>();
  known.set(scope.model, own);
  const key = `${depth}${scope.related}`;
  const made = own.get(key) ?? makeClauses(scope, depth);
  own.set(key, made);
  return made;
}

function makeClauses(scope: Scope, depth: number): Clauses {
  const clause = fc.record({ connector, negated: seldom, condition: conditionArbitrary(scope, depth) });
  return fc.array(clause, { maxLength: depth > 0 ? 3 : 2 });
}

export function relatedArbitrary(scope: Scope, depth: number): fc.Arbitrary<RelatedSpec> {
  return fc.record({ where: clausesArbitrary(scope, depth), trashed });
}

function conditionArbitrary(scope: Scope, depth: number): fc.Arbitrary<Condition> {
  const { columns, relations } = scope.model;
  const compared = columns.filter(({ kind }) => kind !== "json");
  const weighed: fc.WeightedArbitrary<Condition>[] = [
    { weight: 6, arbitrary: fc.constantFrom(...compared).chain(compareArbitrary) },
    { weight: 2, arbitrary: nullArbitrary(columns) },
    { weight: 2, arbitrary: fc.constantFrom(...compared).chain(inArbitrary) },
    { weight: 2, arbitrary: fc.constantFrom(...compared).chain(betweenArbitrary) },
    { weight: 2, arbitrary: columnsArbitrary(compared) },
  ];
  const texts = columns.filter(({ kind }) => kind === "string" || kind === "text");
  if (texts.length > 0) weighed.push({ weight: 3, arbitrary: fc.constantFrom(...texts).chain(textArbitrary) });
  const dates = columns.filter(({ kind }) => kind === "datetime" || kind === "date");
  if (dates.length > 0) weighed.push({ weight: 3, arbitrary: fc.constantFrom(...dates).chain(dateArbitrary) });
  if (depth > 0) {
    weighed.push({ weight: 2, arbitrary: groupArbitrary(scope, depth - 1) }, ...queryArbitraries(scope, depth - 1));
    if (relations.length > 0) weighed.push({ weight: 5, arbitrary: hasArbitrary(scope, depth - 1) });
  }
  return fc.oneof(...weighed);
}

function compareArbitrary(column: ColumnSpec): fc.Arbitrary<Condition> {
  const { name } = column;
  const withValue = fc.record({
    is: fc.constant("compare" as const),
    column: fc.constant(name),
    operator: comparison,
    value: comparedValue(column),
  });
  const withNull = fc.constantFrom<Comparison>("=", "!=").map((operator) => {
    return { is: "compare", column: name, operator, value: null } as const;
  });
  return fc.oneof({ weight: 9, arbitrary: withValue }, { weight: 1, arbitrary: withNull });
}

function nullArbitrary(columns: readonly ColumnSpec[]): fc.Arbitrary<Condition> {
  const column = fc.constantFrom(...columns).map(({ name }) => name);
  return fc.record({ is: fc.constant("null" as const), column, negated: fc.boolean() });
}

function inArbitrary(column: ColumnSpec): fc.Arbitrary<Condition> {
  return fc.record({
    is: fc.constant("in" as const),
    column: fc.constant(column.name),
    values: fc.array(comparedValue(column), { maxLength: 4 }),
    negated: fc.boolean(),
  });
}

function betweenArbitrary(column: ColumnSpec): fc.Arbitrary<Condition> {
  return fc.record({
    is: fc.constant("between" as const),
    column: fc.constant(column.name),
    low: comparedValue(column),
    high: comparedValue(column),
    negated: seldom,
  });
}

function columnsArbitrary(columns: readonly ColumnSpec[]): fc.Arbitrary<Condition> {
  return fc.constantFrom(...columns).chain((left) => {
    const alike = columns.filter((right) => comparable(left.kind, right.kind));
    return fc.record({
      is: fc.constant("columns" as const),
      left: fc.constant(left.name),
      operator: comparison,
      right: fc.constantFrom(...alike).map(({ name }) => name),
    });
  });
}

/** Kinds whose values compare with one another on every engine. */
export function comparable(left: Kind, right: Kind): boolean {
  const family = (kind: Kind) => (kind === "bigInteger" ? "integer" : kind === "text" ? "string" : kind);
  return family(left) === family(right);
}

/** A part of a value that is there, some of its letters replaced by wildcards, or its case changed. */
function textArbitrary(column: ColumnSpec): fc.Arbitrary<Condition> {
  const match = fc.constantFrom("like", "ilike", "contains", "startsWith", "endsWith");
  return fc
    .record({
      match,
      value: comparedValue(column),
      from: fc.nat(2),
      length: fc.nat(3),
      wild: fc.nat(5),
      negated: seldom,
    })
    .map(({ match: how, value, from, length, wild, negated }) => {
      const sought = Array.from(String(value)).slice(from, from + length + 1);
      const text = how === "like" || how === "ilike" ? patternOf(sought, wild) : sought.join("");
      return { is: "text", column: column.name, match: how, text, negated };
    });
}

function patternOf(letters: readonly string[], wild: number): string {
  const escaped = letters.map((letter) => (/[%_\\]/.test(letter) && wild !== 0 ? `\\${letter}` : letter));
  const plain = escaped.map((letter) => (letter === "\\" ? "\\\\" : letter));
  const joined = wild === 1 ? plain.map((letter, at) => (at === 0 ? "_" : letter)).join("") : plain.join("");
  return [joined, `${joined}%`, `%${joined}`, `%${joined}%`, joined.toUpperCase(), joined][wild] ?? joined;
}

function dateArbitrary(column: ColumnSpec): fc.Arbitrary<Condition> {
  const parts =
    column.kind === "date"
      ? (["date", "year", "month", "day"] as const)
      : (["date", "year", "month", "day", "time"] as const);
  return fc
    .record({
      part: fc.constantFrom(...parts),
      operator: comparison,
      value: comparedValue(column),
      shift: fc.integer({ min: -1, max: 1 }),
    })
    .map(({ part, operator, value, shift }) => {
      const iso = new Date(column.kind === "date" ? Date.parse(String(value)) : Number(value)).toISOString();
      const numbers = { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)) };
      const sought = part === "date" ? iso.slice(0, 10) : part === "time" ? iso.slice(11, 19) : numbers[part] + shift;
      return { is: "date", column: column.name, part, operator, value: sought } as const;
    });
}

function groupArbitrary(scope: Scope, depth: number): fc.Arbitrary<Condition> {
  return clausesArbitrary(scope, depth).map((clauses) => ({ is: "group", clauses }));
}

const count: fc.Arbitrary<CountSpec> = fc.oneof(
  fc.constantFrom<CountSpec>("some", "none"),
  fc.record({ operator: comparison, count: fc.nat(3) }),
);

function hasArbitrary({ models, model }: Scope, depth: number): fc.Arbitrary<Condition> {
  return fc.constantFrom(...model.relations).chain((relation) =>
    fc.record({
      is: fc.constant("has" as const),
      relation: fc.constant(relation.name),
      of: relatedArbitrary({ models, model: modelOf(models, relation.target), related: true }, depth),
      count,
    }),
  );
}

/** `in` and `exists` with a query on another model, by columns that compare with this model's. */
function queryArbitraries({ models, model, related }: Scope, depth: number): fc.WeightedArbitrary<Condition>[] {
  const pairs = models.flatMap((other) =>
    other.columns.flatMap((inner) =>
      model.columns
        .filter((outer) => inner.kind !== "json" && inner.kind === outer.kind)
        .map((outer) => ({ other, inner, outer })),
    ),
  );
  const apart = related ? [] : pairs.filter(({ other }) => other !== model);
  const weighed: fc.WeightedArbitrary<Condition>[] = [];
  if (pairs.length > 0) {
    const listed = fc.constantFrom(...pairs).chain(({ other, inner, outer }) =>
      fc
        .record({ of: relatedArbitrary({ models, model: other, related: false }, depth), negated: fc.boolean() })
        .map(({ of, negated }) => {
          const query = { ...of, model: other.name, column: inner.name };
          return { is: "inQuery", column: outer.name, query, negated } as const;
        }),
    );
    weighed.push({ weight: 2, arbitrary: listed });
  }
  if (apart.length > 0) {
    const exists = fc.constantFrom(...apart).chain(({ other, inner, outer }) =>
      fc
        .record({
          of: relatedArbitrary({ models, model: other, related: false }, depth),
          operator: comparison,
          negated: fc.boolean(),
        })
        .map(({ of, operator, negated }) => {
          const query = { ...of, model: other.name, inner: inner.name, operator, outer: outer.name };
          return { is: "exists", query, negated } as const;
        }),
    );
    weighed.push({ weight: 2, arbitrary: exists });
  }
  return weighed;
}
