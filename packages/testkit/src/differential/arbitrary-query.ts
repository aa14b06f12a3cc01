import fc from "fast-check";
import { clausesArbitrary, comparison, relatedArbitrary, trashed, type Scope } from "./arbitrary-filter.ts";
import { comparedValue } from "./arbitrary-value.ts";
import {
  aggregates,
  columnOf,
  modelOf,
  type Aggregate,
  type ColumnSpec,
  type ExtraSpec,
  type GroupSpec,
  type HavingSpec,
  type LoadSpec,
  type ModelSpec,
  type OrderSpec,
  type QuerySpec,
  isMany,
} from "./program.ts";

/** Ways to load relations that the engine under test has. */
export type Strategies = readonly LoadSpec["strategy"][];

const nulls = fc.constantFrom<OrderSpec["nulls"]>(undefined, undefined, "first", "last");
const direction = fc.constantFrom<OrderSpec["direction"]>("asc", "desc");
const maybeLimit = fc.option(fc.nat(6), { nil: undefined });
const maybeOffset = fc.option(fc.nat(3), { nil: undefined, freq: 3 });

export function orderArbitrary(names: readonly string[]): fc.Arbitrary<readonly OrderSpec[]> {
  if (names.length === 0) return fc.constant([]);
  const one = fc.record({ column: fc.constantFrom(...names), direction, nulls });
  return fc.uniqueArray(one, { maxLength: 3, selector: ({ column }) => column });
}

/** An order in which no two rows are equal. */
function totalOrder(names: readonly string[]): fc.Arbitrary<readonly OrderSpec[]> {
  const key = direction.map((way): OrderSpec => ({ column: "id", direction: way, nulls: undefined }));
  return fc
    .tuple(orderArbitrary(names), key)
    .map(([order, last]) => [...order.filter(({ column }) => column !== "id"), last]);
}

export function sortable(columns: readonly ColumnSpec[]): string[] {
  return columns.filter(({ kind }) => kind !== "json").map(({ name }) => name);
}

/** A query for whole rows: filters, order, limits, nothing computed or loaded. */
export function plainQuery(scope: Scope, depth: number): fc.Arbitrary<QuerySpec> {
  return fc.record({
    model: fc.constant(scope.model.name),
    where: clausesArbitrary(scope, depth),
    trashed,
    select: fc.constant(undefined),
    distinct: fc.constant(false),
    order: orderArbitrary(sortable(scope.model.columns)),
    limit: fc.constant(undefined),
    offset: fc.constant(undefined),
    loads: fc.constant([]),
    extras: fc.constant([]),
  });
}

/** How deep filters and loads of a query nest. */
export interface Depths {
  readonly filters: number;
  readonly loads: number;
}

/** A query with everything that rows can have: limits, computed columns, loads. */
export function fullQuery(scope: Scope, depths: Depths, strategies: Strategies): fc.Arbitrary<QuerySpec> {
  return extrasArbitrary(scope, depths.filters).chain((extras) =>
    fc
      .record({
        query: plainQuery(scope, depths.filters),
        order: orderArbitrary([...sortable(scope.model.columns), ...extras.map(({ as }) => as)]),
        limit: maybeLimit,
        offset: maybeOffset,
        loads: loadsArbitrary(scope, depths, strategies),
      })
      .map(({ query, ...rest }) => ({ ...query, ...rest, extras })),
  );
}

/** A query for some columns, often without repeats, which can be ordered by what it gives alone. */
export function pickingQuery(scope: Scope, depth: number): fc.Arbitrary<QuerySpec> {
  const names = sortable(scope.model.columns);
  return fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .chain((select) =>
      fc.record({
        query: plainQuery(scope, depth),
        distinct: fc.boolean(),
        order: orderArbitrary(select),
        limit: maybeLimit,
        offset: maybeOffset,
        select: fc.constant(select),
      }),
    )
    .map(({ query, ...rest }) => ({ ...query, ...rest }));
}

/** A query in a total order, cut, or not cut at all: aggregates and writes need to know which rows are meant. */
export function certainQuery(scope: Scope, depth: number): fc.Arbitrary<QuerySpec> {
  const cut = fc
    .record({
      query: plainQuery(scope, depth),
      order: totalOrder(sortable(scope.model.columns)),
      limit: fc.nat(6),
      offset: maybeOffset,
    })
    .map(({ query, ...rest }) => ({ ...query, ...rest }));
  const whole = plainQuery(scope, depth).map((query) => ({ ...query, order: [] }));
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: cut });
}

function loadsArbitrary(scope: Scope, depths: Depths, strategies: Strategies): fc.Arbitrary<readonly LoadSpec[]> {
  const { relations } = scope.model;
  const within = { ...depths, loads: depths.loads - 1 };
  if (depths.loads === 0 || relations.length === 0) return fc.constant([]);
  const load = fc.constantFrom(...relations).chain((relation) => {
    const target = modelOf(scope.models, relation.target);
    const inner: Scope = { models: scope.models, model: target, related: true };
    const many = isMany(relation);
    const ordered = totalOrder(sortable(target.columns));
    return fc
      .record({
        of: relatedArbitrary(inner, Math.min(depths.filters, within.loads)),
        strategy: fc.constantFrom(undefined, ...strategies),
        order: fc.oneof(fc.constant([]), ordered),
        total: ordered,
        limit: many ? maybeLimit : fc.constant(undefined),
        offset: many ? maybeOffset : fc.constant(undefined),
        loads: loadsArbitrary(inner, within, strategies),
      })
      .map(({ of, total, order, ...rest }): LoadSpec => {
        const isCut = rest.limit !== undefined || rest.offset !== undefined;
        return { ...of, ...rest, relation: relation.name, order: isCut ? total : order };
      });
  });
  return fc.uniqueArray(load, { maxLength: 2, selector: ({ relation }) => relation });
}

function extrasArbitrary(scope: Scope, depth: number): fc.Arbitrary<readonly ExtraSpec[]> {
  const { relations } = scope.model;
  if (depth === 0 || relations.length === 0) return fc.constant([]);
  const extra = fc.constantFrom(...relations).chain((relation) => {
    const target = modelOf(scope.models, relation.target);
    const does = fc.constantFrom("count", "exists", "sum", "avg", "min", "max");
    return fc
      .record({
        of: relatedArbitrary({ models: scope.models, model: target, related: true }, depth - 1),
        does,
        at: fc.nat(),
      })
      .map(({ of, does: wanted, at }): Omit<ExtraSpec, "as"> => {
        if (wanted === "count" || wanted === "exists") {
          return { ...of, does: wanted, relation: relation.name, column: undefined };
        }
        const fitting = aggregated(target, wanted);
        const column = fitting[at % Math.max(1, fitting.length)];
        if (column === undefined) return { ...of, does: "count", relation: relation.name, column };
        return { ...of, does: wanted, relation: relation.name, column: column.name };
      });
  });
  return fc.array(extra, { maxLength: 2 }).map((all) => all.map((one, at) => ({ ...one, as: `extra${at}` })));
}

/** The columns that an aggregate takes on every engine. */
export function aggregated(model: ModelSpec, does: Aggregate): readonly ColumnSpec[] {
  switch (does) {
    case "count":
      return model.columns;
    case "sum":
    case "avg":
      return model.columns.filter(({ kind }) => /^(integer|bigInteger|double|decimal)$/.test(kind));
    case "min":
    case "max":
      return model.columns.filter(({ kind }) => !/^(json|boolean|uuid)$/.test(kind));
  }
}

/** Rows by groups, with aggregates, `having` over both, and an order. */
export function groupArbitrary(scope: Scope, depth: number): fc.Arbitrary<GroupSpec> {
  const { model } = scope;
  const single = fc.constantFrom(...aggregates).chain((does) => {
    const fitting = aggregated(model, does).map(({ name }) => name);
    const column = does === "count" || fitting.length === 0 ? fc.constant(undefined) : fc.constantFrom(...fitting);
    return column.map((name) => ({ does: name === undefined ? ("count" as const) : does, column: name }));
  });
  const parts = fc.record({
    by: fc.uniqueArray(fc.constantFrom(...sortable(model.columns)), { maxLength: 2 }),
    computed: fc.array(single, { minLength: 1, maxLength: 3 }),
  });
  return parts.chain(({ by, computed }) => {
    const named = computed.map((one, at) => ({ ...one, as: `result${at}` }));
    const names = [...by, ...named.map(({ as }) => as)];
    return fc.record({
      model: fc.constant(model.name),
      where: clausesArbitrary(scope, depth),
      trashed,
      by: fc.constant(by),
      aggregates: fc.constant(named),
      having: by.length === 0 ? fc.constant([]) : havingArbitrary(model, by, named),
      order: by.length === 0 ? fc.constant([]) : orderArbitrary(names),
      limit: by.length === 0 ? fc.constant(undefined) : maybeLimit,
      offset: by.length === 0 ? fc.constant(undefined) : maybeOffset,
    });
  });
}

function havingArbitrary(
  model: ModelSpec,
  by: readonly string[],
  named: GroupSpec["aggregates"],
): fc.Arbitrary<readonly HavingSpec[]> {
  const columns = by.map((name) => ({ name, value: comparedValue(columnOf(model, name)) }));
  // An average of 64-bit integers has more digits than a number holds.
  const exact = named.filter(
    ({ does, column }) => does !== "avg" || column === undefined || columnOf(model, column).kind !== "bigInteger",
  );
  const computed = exact.map(({ as, does, column }) => {
    const value = does === "count" || column === undefined ? fc.nat(4) : comparedValue(columnOf(model, column));
    return { name: as, value: does === "avg" ? value.map(averaged) : value };
  });
  const one = fc.constantFrom(...columns, ...computed).chain(({ name, value }) =>
    fc.record({
      connector: fc.constantFrom("and" as const, "or" as const),
      name: fc.constant(name),
      operator: comparison,
      value,
    }),
  );
  return fc.array(one, { maxLength: 2 });
}

/** Averages of integers are numbers, and are compared with numbers. */
function averaged<V>(value: V): V | number {
  return typeof value === "bigint" ? Number(value) : value;
}
