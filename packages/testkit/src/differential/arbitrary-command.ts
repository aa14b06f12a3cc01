import fc from "fast-check";
import type { Scope } from "./arbitrary-filter.ts";
import {
  aggregated,
  certainQuery,
  fullQuery,
  groupArbitrary,
  pickingQuery,
  plainQuery,
  type Strategies,
} from "./arbitrary-query.ts";
import { keyOf, rowArbitrary } from "./arbitrary-rows.ts";
import { storedValue } from "./arbitrary-value.ts";
import {
  aggregates,
  rowTerminals,
  type ColumnSpec,
  type Command,
  type ModelSpec,
  type RowSpec,
  type Value,
} from "./program.ts";

/** How deep loads nest, and filters where an engine has nothing against it. */
export const DEPTH = 2;

/** What the engine under test can do, as far as programs ask for it. */
export interface Abilities {
  readonly strategies: Strategies;
  readonly returning: boolean;
  readonly savepoints: boolean;
  /** How deep filters nest. */
  readonly nesting: number;
}

export function commandsArbitrary(
  models: readonly ModelSpec[],
  abilities: Abilities,
): fc.Arbitrary<readonly Command[]> {
  const simple = fc
    .constantFrom(...models)
    .chain((model) => simpleCommand({ models, model, related: false }, abilities));
  const inner = fc.record({
    do: fc.constant("transaction" as const),
    commands: fc.array(simple, { minLength: 1, maxLength: 3 }),
    rollBack: fc.boolean(),
  });
  const nesting = fc.record({
    do: fc.constant("transaction" as const),
    commands: fc.array(fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: inner }), {
      minLength: 1,
      maxLength: 3,
    }),
    rollBack: fc.boolean(),
  });
  const outer = abilities.savepoints ? nesting : inner;
  const command = fc.oneof<fc.WeightedArbitrary<Command>[]>(
    { weight: 12, arbitrary: simple },
    { weight: 1, arbitrary: outer },
  );
  return fc.array(command, { minLength: 1, maxLength: 7, size: "max" });
}

function simpleCommand(scope: Scope, abilities: Abilities): fc.Arbitrary<Command> {
  return fc.oneof(
    { weight: 3, arbitrary: readCommand(scope, abilities) },
    { weight: 1, arbitrary: writeCommand(scope, abilities) },
  );
}

function readCommand(scope: Scope, { strategies, nesting }: Abilities): fc.Arbitrary<Command> {
  const full = fullQuery(scope, { filters: nesting, loads: DEPTH }, strategies);
  const rows = fc.record({
    do: fc.constant("rows" as const),
    how: fc.constantFrom(...rowTerminals, "many" as const),
    query: fc.oneof({ weight: 3, arbitrary: full }, { weight: 1, arbitrary: pickingQuery(scope, nesting) }),
  });
  const group = groupArbitrary(scope, 1).map((one): Command => ({ do: "group", group: one }));
  const page = fc.record({
    do: fc.constant("page" as const),
    query: fc.oneof(full, pickingQuery(scope, 1)).map((query) => ({ ...query, limit: undefined, offset: undefined })),
    page: fc.integer({ min: 1, max: 4 }),
    perPage: fc.integer({ min: 1, max: 7 }),
    counted: fc.boolean(),
  });
  const cursor = fc.record({
    do: fc.constant("cursor" as const),
    query: plainQuery(scope, 1),
    perPage: fc.integer({ min: 1, max: 7 }),
  });
  const exists = fc
    .oneof(full, pickingQuery(scope, nesting))
    .map((query): Command => ({ do: "exists", query: { ...query, loads: [] } }));
  return fc.oneof<fc.WeightedArbitrary<Command>[]>(
    { weight: 8, arbitrary: rows },
    { weight: 3, arbitrary: group },
    { weight: 3, arbitrary: aggregateCommand(scope, nesting) },
    { weight: 2, arbitrary: page },
    { weight: 2, arbitrary: cursor },
    { weight: 1, arbitrary: exists },
    { weight: 1, arbitrary: pluckCommand(scope) },
    { weight: 1, arbitrary: findCommand(scope) },
  );
}

/** Limits need a total order, and a distinct query is aggregated by one column or counted. */
function aggregateCommand(scope: Scope, nesting: number): fc.Arbitrary<Command> {
  const parts = { does: fc.constantFrom(...aggregates), at: fc.nat(), whole: fc.boolean() };
  const certain = fc.record({ ...parts, query: certainQuery(scope, nesting) });
  const distinct = fc.record({
    ...parts,
    query: pickingQuery(scope, 1).map((query) => ({
      ...query,
      distinct: true,
      order: [],
      limit: undefined,
      offset: undefined,
    })),
  });
  return fc
    .oneof({ weight: 4, arbitrary: certain }, { weight: 1, arbitrary: distinct })
    .map(({ does, at, whole, query }) => {
      const fitting = aggregated(scope.model, does).filter(({ kind }) => kind !== "json" || !query.distinct);
      const column = does === "count" && whole ? undefined : fitting[at % Math.max(1, fitting.length)]?.name;
      return { do: "aggregate", does: column === undefined ? "count" : does, column, query };
    });
}

function pluckCommand(scope: Scope): fc.Arbitrary<Command> {
  const names = scope.model.columns.map(({ name }) => name);
  return fc.record({
    do: fc.constant("pluck" as const),
    column: fc.constantFrom(...names),
    query: certainQuery(scope, 1),
  });
}

function findCommand(scope: Scope): fc.Arbitrary<Command> {
  const key = fc.nat(9).map((at) => keyOf(scope.model, at));
  return fc
    .record({
      do: fc.constant("find" as const),
      query: plainQuery(scope, 1),
      keys: fc.array(key, { minLength: 1, maxLength: 4 }),
      many: fc.boolean(),
    })
    .map((command) => ({ ...command, keys: command.many ? command.keys : command.keys.slice(0, 1) }));
}

function writeCommand(scope: Scope, { returning: canReturn, nesting }: Abilities): fc.Arbitrary<Command> {
  const { model } = scope;
  const query = certainQuery(scope, nesting);
  const returning = canReturn ? fc.boolean() : fc.constant(false);
  const how = fc.constantFrom(
    ...(model.softDelete === undefined
      ? (["delete", "forceDelete"] as const)
      : (["delete", "softDelete", "restore", "forceDelete"] as const)),
  );
  const remove = fc.record({ do: fc.constant("remove" as const), how, query, returning });
  const weighed: fc.WeightedArbitrary<Command>[] = [
    { weight: 2, arbitrary: remove },
    { weight: 2, arbitrary: fullRow(model).map((row) => ({ do: "insert", model: model.name, row })) },
    { weight: 2, arbitrary: upsertCommand(model) },
    { weight: 1, arbitrary: findOrCreateCommand(model) },
  ];
  const values = valuesArbitrary(model);
  const update = fc.record({ do: fc.constant("update" as const), query, values, returning });
  weighed.push({ weight: 3, arbitrary: update });
  const unique = new Set(model.uniques.flat());
  const numbers = model.columns
    .slice(1)
    .filter(({ kind, name }) => /^(integer|bigInteger|double|decimal)$/.test(kind) && !unique.has(name));
  if (numbers.length > 0) {
    const step = fc.constantFrom(...numbers).chain((column) => {
      const by = stepOf(column);
      return fc.record({ do: fc.constant("increment" as const), query, column: fc.constant(column.name), by });
    });
    weighed.push({ weight: 2, arbitrary: step });
  }
  return fc.oneof(...weighed);
}

function stepOf({ kind }: ColumnSpec): fc.Arbitrary<Value> {
  const small = fc.integer({ min: 1, max: 9 });
  switch (kind) {
    case "bigInteger":
      return small.map(BigInt);
    case "double":
      return small.map((n) => n / 8);
    case "decimal":
      return small.map(String);
    default:
      return small;
  }
}

/** Some columns to set, at times one that takes no null to null. The key stays. */
function valuesArbitrary(model: ModelSpec): fc.Arbitrary<RowSpec> {
  const columns = model.columns.slice(1).filter(({ name }) => name !== model.softDelete);
  return fc
    .uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 3 })
    .chain((some) => fc.tuple(...some.map((column) => settable(column).map((value) => [column.name, value] as const))))
    .map((entries) => Object.fromEntries(entries));
}

function settable(column: ColumnSpec): fc.Arbitrary<Value> {
  const refused = { weight: 1, arbitrary: fc.constant(null) };
  return fc.oneof({ weight: 20, arbitrary: storedValue(column) }, refused);
}

/** A row to insert, at times without saying whether it is deleted. */
function fullRow(model: ModelSpec): fc.Arbitrary<RowSpec> {
  const { softDelete } = model;
  return fc.tuple(rowArbitrary(model), fc.nat(45), fc.boolean()).map(([row, at, silent]) => {
    const said = Object.entries(row).filter(([name]) => !silent || name !== softDelete);
    return { ...Object.fromEntries(said), id: keyOf(model, at) };
  });
}

/** The row decides by its key or by a unique key; what is overwritten is all that was given, named columns, or nothing. */
function upsertCommand(model: ModelSpec): fc.Arbitrary<Command> {
  const others = model.columns.slice(1).map(({ name }) => name);
  return fc
    .record({
      row: fullRow(model),
      conflict: fc.constantFrom(["id"], ...model.uniques),
      update: fc.subarray(others),
      all: fc.boolean(),
    })
    .map(({ row, conflict, update, all }) => {
      const named = update.filter((name) => !conflict.includes(name) && Object.hasOwn(row, name));
      const everything = all && conflict[0] === "id";
      return { do: "upsert", model: model.name, row, conflict, update: everything ? undefined : named };
    });
}

/** A search by key or unique key, so that it is certain which row is found. */
function findOrCreateCommand(model: ModelSpec): fc.Arbitrary<Command> {
  return fc
    .record({
      how: fc.constantFrom("firstOrCreate" as const, "updateOrCreate" as const),
      row: fullRow(model),
      by: fc.constantFrom(["id"], ...model.uniques),
    })
    .map(({ how, row, by }) => {
      const searched = by.some((name) => row[name] === null) ? ["id"] : by;
      const search = Object.fromEntries(searched.map((name) => [name, row[name] ?? null]));
      const values = Object.fromEntries(Object.entries(row).filter(([name]) => !searched.includes(name)));
      return { do: how, model: model.name, search, values };
    });
}
