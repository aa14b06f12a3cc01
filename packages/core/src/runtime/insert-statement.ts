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
  /** The stored rows, where they were asked for. */
  readonly rows: object[];
  /** The key that the engine made for the first row, where it made one and tells it. */
  readonly insertId: number | bigint | undefined;
}

interface InsertPlan extends Plan {
  readonly shape: RowShape;
}

/** The columns that an insert reads back: all of the model, or none. */
type Returning = "all" | "nothing";

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
  to.key += `\nI${returning === "all" ? "" : "-"}${columns.map((column) => column.index).join()}`;
  if (conflict !== undefined) to.key += `C${indexes(conflict.columns)}U${indexes(conflict.update)}`;
  const expressions = appendRows(to, entry.info, columns, rows);
  const plan = core.plans.get(to.key, () =>
    planInsert(core.adapter, entry, columns, expressions(), conflict, returning),
  );
  return after(reader.session.execute(plan, to.values), ({ rows: raw, insertId }) => ({
    rows: hydrate(plan.shape, raw),
    insertId,
  }));
}

function columnsOf(row: RowValues | undefined): readonly ColumnInfo[] {
  if (row instanceof RowOfLists) return row.columns;
  return row === undefined ? [] : [...row.keys()];
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
function parameter(info: ModelInfo, column: ColumnInfo, slot: number, isEncoded: boolean): Expression {
  const encoded = isEncoded && column.definition.prepare === undefined;
  return { kind: "parameter", slot, place: placeOfColumn(info, column), encoded };
}

function hasExpression(row: RowValues): boolean {
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
  rows: readonly (readonly Expression[])[],
  conflict: Conflict | undefined,
  returning: Returning,
): InsertPlan {
  const { info } = entry;
  const into = { kind: "model", model: info, alias: info.table } as const;
  const { selections, fields } = returningColumns(info, returning === "all" ? [...info.columns.values()] : []);
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
