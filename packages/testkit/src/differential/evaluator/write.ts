import {
  columnOf,
  DELETED_AT,
  type Command,
  type Kind,
  type ModelSpec,
  type QuerySpec,
  type RowSpec,
  type Value,
} from "../program.ts";
import { anyOrder, type Answer } from "./answer.ts";
import { sameValue } from "./compare.ts";
import { addDecimal, readDecimal, writeDecimal } from "./decimal.ts";
import { wanted } from "./order.ts";
import { presentRow } from "./present.ts";
import { select } from "./select.ts";
import { Refusal, toRow, valueOf, type Row, type Store } from "./store.ts";

type Of<D extends Command["do"]> = Extract<Command, { readonly do: D }>;

export function insert(store: Store, { model: name, row }: Pick<Of<"insert">, "model" | "row">): Answer {
  const model = store.model(name);
  refuseNulls(model, toRow(model, row));
  const added = toRow(model, row);
  store.replace(model, unique(model, [...store.rows(model, "with"), added]));
  return stored(model, added);
}

/**
 * The row that holds the key takes over the named columns; without one the row is inserted. A deleted row holds its key, and is only
 * touched by who says whether it is deleted.
 */
export function upsert(store: Store, command: Of<"upsert">): Answer {
  const model = store.model(command.model);
  const given = toRow(model, command.row);
  refuseNulls(model, given);
  const there = store.rows(model, "with").find((row) => sameKey(model, command.conflict, row, given));
  if (there === undefined) return insert(store, command);
  const names = command.update ?? Object.keys(command.row).filter((name) => !command.conflict.includes(name));
  const changed = withValues(there, Object.fromEntries(names.map((name) => [name, valueOf(given, name)])));
  const { softDelete } = model;
  const isSaid = softDelete === undefined || Object.hasOwn(command.row, softDelete);
  if (!isSaid && valueOf(changed, softDelete) !== null) throw new Refusal("UNIQUE_VIOLATION");
  return stored(model, change(store, model, new Map([[there, changed]]))[0] ?? there);
}

export function findOrCreate(store: Store, command: Of<"firstOrCreate" | "updateOrCreate">): Answer {
  const model = store.model(command.model);
  const search = toRow(model, command.search);
  const there = store
    .rows(model, "without")
    .find((row) => Object.keys(command.search).every((name) => sameIn(model, name, row, search)));
  if (there === undefined) {
    return insert(store, { model: command.model, row: { ...command.search, ...command.values } });
  }
  if (command.do === "firstOrCreate") return stored(model, there);
  refuseNullsIn(model, command.values);
  return stored(model, change(store, model, new Map([[there, withValues(there, command.values)]]))[0] ?? there);
}

export function update(store: Store, { query, values, returning }: Of<"update">): Answer {
  const model = store.model(query.model);
  refuseNullsIn(model, values);
  return written(store, model, query, returning, (row) => withValues(row, values));
}

/** Adds to a column; what is null stays null. */
export function increment(store: Store, { query, column, by }: Of<"increment">): Answer {
  const model = store.model(query.model);
  const { kind } = columnOf(model, column);
  return written(store, model, query, false, (row) => {
    return withValues(row, { [column]: add(kind, valueOf(row, column), by) });
  });
}

export function remove(store: Store, { how, query, returning }: Of<"remove">): Answer {
  const model = store.model(query.model);
  const { softDelete } = model;
  if (how === "forceDelete" || (how === "delete" && softDelete === undefined)) {
    const gone = new Set(wanted(select(store, query)).map(({ row }) => row));
    store.replace(
      model,
      store.rows(model, "with").filter((row) => !gone.has(row)),
    );
    return count(model, [...gone], returning);
  }
  if (softDelete === undefined) throw new Refusal("INVALID_QUERY");
  const restores = how === "restore";
  const marked = restores ? ({ ...query, trashed: "only" } as const) : query;
  return written(store, model, marked, returning, (row) =>
    withValues(row, { [softDelete]: restores ? null : DELETED_AT }),
  );
}

function written(
  store: Store,
  model: ModelSpec,
  query: QuerySpec,
  returning: boolean,
  make: (row: Row) => Row,
): Answer {
  const rows = wanted(select(store, query)).map(({ row }) => row);
  return count(model, change(store, model, new Map(rows.map((row) => [row, make(row)]))), returning);
}

function count(model: ModelSpec, rows: readonly Row[], returning: boolean): Answer {
  if (!returning) return { is: "value", value: rows.length };
  return { is: "list", list: anyOrder(rows.map((row) => presentRow(model.columns, row))) };
}

function stored(model: ModelSpec, row: Row): Answer {
  return { is: "value", value: presentRow(model.columns, row) };
}

/** Puts rows in the place of others and gives the new ones, unless that breaks a unique key. */
function change(store: Store, model: ModelSpec, changes: ReadonlyMap<Row, Row>): readonly Row[] {
  const rows = store.rows(model, "with").map((row) => changes.get(row) ?? row);
  store.replace(model, unique(model, rows));
  return [...changes.values()];
}

function withValues(row: Row, values: RowSpec): Row {
  return new Map([...row, ...Object.entries(values)]);
}

function unique(model: ModelSpec, rows: readonly Row[]): readonly Row[] {
  const keys = [...model.columns.slice(0, 1).map(({ name }) => [name]), ...model.uniques];
  for (const [at, row] of rows.entries()) {
    const before = rows.slice(0, at);
    if (keys.some((key) => before.some((other) => sameKey(model, key, row, other)))) {
      throw new Refusal("UNIQUE_VIOLATION");
    }
  }
  return rows;
}

/** Whether two rows have the same key. A null is never the same as another. */
function sameKey(model: ModelSpec, key: readonly string[], left: Row, right: Row): boolean {
  return key.every((name) => valueOf(left, name) !== null && sameIn(model, name, left, right));
}

function sameIn(model: ModelSpec, name: string, left: Row, right: Row): boolean {
  return sameValue(columnOf(model, name).kind, valueOf(left, name), valueOf(right, name));
}

function refuseNulls(model: ModelSpec, row: Row): void {
  if (model.columns.some(({ name, nullable }) => !nullable && valueOf(row, name) === null)) {
    throw new Refusal("NOT_NULL_VIOLATION");
  }
}

function refuseNullsIn(model: ModelSpec, values: RowSpec): void {
  if (Object.entries(values).some(([name, value]) => value === null && !columnOf(model, name).nullable)) {
    throw new Refusal("NOT_NULL_VIOLATION");
  }
}

function add(kind: Kind, value: Value, by: Value): Value {
  if (value === null || by === null) return null;
  if (kind === "decimal") return writeDecimal(addDecimal(readDecimal(String(value)), readDecimal(String(by))), 0);
  return kind === "bigInteger" ? BigInt(value) + BigInt(by) : Number(value) + Number(by);
}
