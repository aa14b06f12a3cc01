import type { Adapter, Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { RawExpression } from "../model/raw.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import type { Assignment, InsertStatement, Selection } from "../operation/statement.ts";
import { columnField, type Field } from "../plan/build-select.ts";
import { plannedQuery, type Plan } from "../plan/plan-rows.ts";
import { hydrate, rowShape, type RowShape } from "../plan/row-shape.ts";
import { rawExpression } from "../query/condition.ts";
import { Appender, type QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { after, inOrder } from "./awaitable.ts";
import type { Reader } from "./reader.ts";
import { transact } from "./transact.ts";
import { copyData, insertValues, type RowValues } from "./write-values.ts";

/** What an insert does when a unique key already holds the value. */
export interface Conflict {
  readonly columns: readonly ColumnInfo[];
  /** Columns to take from the new row; none leaves the stored row as it is. */
  readonly update: readonly ColumnInfo[];
}

interface InsertPlan extends Plan {
  readonly shape: RowShape;
}

/** Inserts one row and gives the stored one, database defaults included. */
export function insertOne(reader: Reader, state: QueryState, data: unknown): Awaitable<object> {
  const { entry } = state;
  const copy = copyData(entry.info, data);
  return after(beforeInsert(state, copy), () => {
    const values = insertValues(state.registry, entry.info, copy);
    return after(insertRows(reader, entry, [values], undefined), (rows) => firstRow(entry.info, rows));
  });
}

/** Inserts rows in one transaction and gives the stored ones, in order. */
export async function insertMany(reader: Reader, state: QueryState, list: unknown): Promise<object[]> {
  const { entry } = state;
  const copies = requireList(entry.info, list).map((data) => copyData(entry.info, data));
  await beforeInsertMany(state, copies);
  const rows = copies.map((copy) => insertValues(state.registry, entry.info, copy));
  if (rows.length === 0) return [];
  return transact(reader.session, (session) => insertInChunks({ ...reader, session }, entry, rows, undefined));
}

export function requireList(info: ModelInfo, list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  throw new InvalidQueryError(`A bulk write to model "${info.table}" needs a list of rows.`, { model: info.table });
}

/** Runs `beforeInsert` on the copy of one row's data. */
export function beforeInsert(state: QueryState, data: object): Awaitable<unknown> {
  const hook = state.entry.info.hooks.beforeInsert;
  if (hook === undefined || state.skippedHooks.includes("beforeInsert")) return undefined;
  return Reflect.apply(hook, undefined, [data]);
}

/** Runs `beforeInsertMany`, or `beforeInsert` for each row where that hook is absent. */
export function beforeInsertMany(state: QueryState, rows: readonly object[]): Awaitable<unknown> {
  const hook = state.entry.info.hooks.beforeInsertMany;
  if (hook === undefined) return inOrder(rows, (row) => after(beforeInsert(state, row), () => undefined));
  return state.skippedHooks.includes("beforeInsertMany") ? undefined : Reflect.apply(hook, undefined, [rows]);
}

export function firstRow(info: ModelInfo, rows: readonly object[]): object {
  const [row] = rows;
  if (row !== undefined) return row;
  throw new InvalidQueryError(`The database gave no row back for an insert into "${info.table}".`, {
    model: info.table,
  });
}

/** Cuts rows into statements: neighbours that give the same columns share one, within the adapter's limits. */
export async function insertInChunks(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
  conflict: Conflict | undefined,
): Promise<object[]> {
  const { capabilities } = reader.session.core.adapter;
  const stored: object[] = [];
  let at = 0;
  while (at < rows.length) {
    const columns = [...rows[at]!.keys()];
    const fitting = Math.floor(capabilities.maxParameters / Math.max(columns.length, 1));
    const most = Math.max(1, Math.min(capabilities.rowsPerInsert, fitting));
    let end = at + 1;
    while (end < rows.length && end - at < most && sameColumns(columns, rows[end]!)) end += 1;
    stored.push(...(await insertRows(reader, entry, rows.slice(at, end), conflict)));
    at = end;
  }
  return stored;
}

function sameColumns(columns: readonly ColumnInfo[], row: RowValues): boolean {
  return row.size === columns.length && columns.every((column) => row.has(column));
}

/** Inserts rows that give the same columns with one statement. */
export function insertRows(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
  conflict: Conflict | undefined,
): Awaitable<object[]> {
  const { core } = reader.session;
  const columns = [...(rows[0]?.keys() ?? [])];
  const to = new Appender(core.stateOf(entry));
  to.key += `\nI${columns.map((column) => column.index).join()}`;
  if (conflict !== undefined) to.key += `C${indexes(conflict.columns)}U${indexes(conflict.update)}`;
  const expressions = rows.map((row) => {
    to.key += ";";
    return columns.map((column) => valueExpression(to, entry.info, column, row.get(column)));
  });
  const plan = core.plans.get(to.key, () => planInsert(core.adapter, entry, columns, expressions, conflict));
  return after(reader.session.execute(plan, to.values), (result) => hydrate(plan.shape, result.rows));
}

function indexes(columns: readonly ColumnInfo[]): string {
  return columns.map((column) => column.index).join();
}

/** A value of a write: a parameter with the column's codec, or the caller's own expression. */
export function valueExpression(to: Appender, info: ModelInfo, column: ColumnInfo, value: unknown): Expression {
  if (RawExpression.is(value)) return rawExpression(to, value);
  to.key += "?";
  return { kind: "parameter", slot: to.slot(value), place: placeOfColumn(info, column) };
}

function planInsert(
  adapter: Adapter,
  entry: SchemaEntry,
  columns: readonly ColumnInfo[],
  rows: readonly (readonly Expression[])[],
  conflict: Conflict | undefined,
): InsertPlan {
  const { info } = entry;
  const into = { kind: "model", model: info, alias: info.table } as const;
  const { selections, fields } = returningColumns(info, [...info.columns.values()]);
  const update = conflict?.update.map((column): Assignment => ({ column, value: { kind: "excluded", column } }));
  const statement: InsertStatement = {
    kind: "insert",
    into,
    columns,
    rows,
    conflict: conflict && { columns: conflict.columns, update: update?.length === 0 ? undefined : update },
    returning: selections,
  };
  const query = plannedQuery(
    statement,
    fields.map((field) => field.type),
    info,
  );
  return { query, compiled: adapter.compile(query), shape: rowShape(adapter, entry.model, fields, []) };
}

/** What a write gives back of these columns. */
export function returningColumns(
  info: ModelInfo,
  columns: readonly ColumnInfo[],
): { selections: readonly Selection[]; fields: readonly Field[] } {
  return {
    selections: columns.map((column) => ({ name: column.property, expression: columnNode(info, column, info.table) })),
    fields: columns.map((column) => columnField(info, column)),
  };
}
