import type { Adapter, Awaitable } from "../adapter/adapter.ts";
import { RawExpression } from "../model/raw.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import type { Assignment, InsertStatement, Selection } from "../operation/statement.ts";
import { columnField, type Field } from "../plan/build-select.ts";
import { plannedQuery, type Plan } from "../plan/plan-rows.ts";
import { hydrate, rowShape, type RowShape } from "../plan/row-shape.ts";
import { rawExpression } from "../query/condition.ts";
import { Appender } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { after } from "./awaitable.ts";
import type { Reader } from "./reader.ts";
import { RowOfLists, type RowValues } from "./row-values.ts";

/** What an insert does when a unique key already holds the value. */
export interface Conflict {
  readonly columns: readonly ColumnInfo[];
  /** Columns to take from the new row; none leaves the stored row as it is. */
  readonly update: readonly ColumnInfo[];
}

/** What one insert statement did. */
export interface Inserted {
  /** The stored rows, or the keys of theirs, where they were asked for. */
  readonly rows: object[];
  /** The key that the engine made for the first row, where it made one and tells it. */
  readonly insertId: number | bigint | undefined;
}

interface InsertPlan extends Plan {
  readonly shape: RowShape;
}

/** The columns that an insert reads back: all of the model, its key, or none. */
type Returning = "all" | "key" | "nothing";

const returningMarks: Readonly<Record<Returning, string>> = { all: "", key: "k", nothing: "-" };

/** Whether an insert gives the stored rows back; else they are read again by their keys. */
export function givesRows(reader: Reader): boolean {
  const { returning } = reader.session.core.adapter.capabilities;
  return returning === "rows" || returning === "insertedRows";
}

/** Inserts rows that give the same columns with one statement. */
export function executeInsert(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
  conflict: Conflict | undefined,
  returning: Returning,
): Awaitable<Inserted> {
  const { core } = reader.session;
  const columns = columnsOf(rows[0]);
  const to = new Appender(core.stateOf(entry));
  to.key += `\nI${returningMarks[returning]}${columns.map((column) => column.index).join()}`;
  if (conflict !== undefined) to.key += `C${indexes(conflict.columns)}U${indexes(conflict.update)}`;
  const values = appendValues(to, core.adapter, entry.info, columns, rows);
  const plan = core.plans.get(to.key, () => planInsert(core.adapter, entry, columns, values(), conflict, returning));
  return after(reader.session.execute(plan, to.values), ({ rows: raw, insertId }) => ({
    rows: hydrate(plan.shape, raw),
    insertId,
  }));
}

function columnsOf(row: RowValues | undefined): readonly ColumnInfo[] {
  if (row instanceof RowOfLists) return row.columns;
  return row === undefined ? [] : [...row.keys()];
}

/** What an insert sends: rows, or a list for each column. */
type InsertValues = Pick<InsertStatement, "rows" | "lists">;

/** Adds the values of rows, by columns where the database takes them so: then any number of rows has the same plan. */
function appendValues(
  to: Appender,
  adapter: Adapter,
  info: ModelInfo,
  columns: readonly ColumnInfo[],
  rows: readonly RowValues[],
): () => InsertValues {
  if (!areLists(rows, columns) || columns.some((column) => !isListed(adapter, info, column))) {
    const expressions = appendRows(to, info, columns, rows);
    return () => ({ rows: expressions() });
  }
  const { isEncoded } = rows[0]!;
  to.key += isEncoded ? "L" : "l";
  const first = to.values.length;
  for (const at of columns.keys()) to.values.push(rows.map(({ list }) => list[at]));
  return () => ({
    rows: [],
    lists: columns.map((column, at) => ({ ...parameter(info, column, first + at, isEncoded), kind: "list" })),
  });
}

/** Several rows of nothing but values. */
function areLists(rows: readonly RowValues[], columns: readonly ColumnInfo[]): rows is readonly RowOfLists[] {
  if (rows.length === 1 || columns.length === 0) return false;
  return rows.every((row) => row instanceof RowOfLists && !row.hasExpression && row.columns === columns);
}

function isListed(adapter: Adapter, info: ModelInfo, column: ColumnInfo): boolean {
  return column.definition.prepare === undefined && adapter.codecFor(placeOfColumn(info, column)).listed === true;
}

/** Adds rows to the key and the values, and gives what makes their expressions, which only a new plan needs. */
function appendRows(
  to: Appender,
  info: ModelInfo,
  columns: readonly ColumnInfo[],
  rows: readonly RowValues[],
): () => readonly (readonly Expression[])[] {
  const isEncoded = rows[0]?.isEncoded === true;
  if (isEncoded) to.key += "E";
  if (rows.some(hasExpression)) {
    const expressions = rows.map((row) => {
      to.key += ";";
      return columns.map((column) => valueExpression(to, info, column, row.get(column), isEncoded));
    });
    return () => expressions;
  }
  to.key += `;${rows.length}`;
  const first = to.values.length;
  for (const row of rows) {
    if (row instanceof RowOfLists && row.columns === columns) for (const value of row.list) to.values.push(value);
    else for (const column of columns) to.slot(row.get(column));
  }
  return () =>
    rows.map((_, at) =>
      columns.map((column, index) => parameter(info, column, first + at * columns.length + index, isEncoded)),
    );
}

/** Columns with a `prepare` are encoded with their statement, whatever was done before. */
function parameter(info: ModelInfo, column: ColumnInfo, slot: number, isEncoded: boolean) {
  const encoded = isEncoded && column.definition.prepare === undefined;
  return { kind: "parameter", slot, place: placeOfColumn(info, column), encoded } as const;
}

function hasExpression(row: RowValues): boolean {
  if (row instanceof RowOfLists) return row.hasExpression;
  for (const value of row.values()) if (RawExpression.is(value)) return true;
  return false;
}

function indexes(columns: readonly ColumnInfo[]): string {
  return columns.map((column) => column.index).join();
}

/** A value of a write: a parameter with the column's codec, or the caller's own expression. */
export function valueExpression(
  to: Appender,
  info: ModelInfo,
  column: ColumnInfo,
  value: unknown,
  isEncoded = false,
): Expression {
  if (RawExpression.is(value)) return rawExpression(to, value);
  to.key += "?";
  return parameter(info, column, to.slot(value), isEncoded);
}

function planInsert(
  adapter: Adapter,
  entry: SchemaEntry,
  columns: readonly ColumnInfo[],
  values: InsertValues,
  conflict: Conflict | undefined,
  returning: Returning,
): InsertPlan {
  const { info } = entry;
  const into = { kind: "model", model: info, alias: info.table } as const;
  const { selections, fields } = returningColumns(info, columnsReturned(info, returning));
  const update = conflict?.update.map((column): Assignment => ({ column, value: { kind: "excluded", column } }));
  const statement: InsertStatement = {
    kind: "insert",
    into,
    columns,
    ...values,
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

function columnsReturned(info: ModelInfo, returning: Returning): readonly ColumnInfo[] {
  switch (returning) {
    case "all":
      return [...info.columns.values()];
    case "key":
      return info.primaryKey;
    case "nothing":
      return [];
  }
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
