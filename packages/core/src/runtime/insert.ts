import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { QueryState } from "../query/query-state.ts";
import { after, inOrder } from "./awaitable.ts";
import { checkValues, encodeRows } from "./check-values.ts";
import { executeInsert, type Conflict } from "./insert-statement.ts";
import { insertThenRead } from "./insert-then-read.ts";
import { rowChunks } from "./row-chunks.ts";
import type { Reader } from "./reader.ts";
import { inTransaction } from "./in-transaction.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import type { RowOfLists, RowValues } from "./row-values.ts";
import { copyData, insertValues, insertValuesOfAll } from "./write-values.ts";

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
  const rows = insertValuesOfAll(state.registry, entry.info, copies);
  if (rows.length === 0) return [];
  checkRows(reader, entry, rows);
  return allOrNothing(reader.session, (session) => insertInChunks({ ...reader, session }, entry, rows));
}

/** Rows that are read again by their keys keep these as they were given. */
function checkRows(reader: Reader, { info }: SchemaEntry, rows: readonly RowOfLists[]): void {
  const { adapter } = reader.session.core;
  if (givesRows(reader)) encodeRows(adapter, info, rows);
  else checkValues(adapter, info, rows);
}

export function requireList(info: ModelInfo, list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return Array.from<unknown>(list);
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
): Promise<object[]> {
  if (!givesRows(reader)) return insertThenRead(reader, entry, rows);
  const stored: object[] = [];
  for (const chunk of rowChunks(rows, reader.session.core.adapter.capabilities)) {
    stored.push(...(await executeInsert(reader, entry, chunk, undefined, "all")).rows);
  }
  return stored;
}

/** Whether an insert gives the stored rows back; else they are read again by their keys. */
export function givesRows(reader: Reader): boolean {
  const { returning } = reader.session.core.adapter.capabilities;
  return returning === "rows" || returning === "insertedRows";
}

/**
 * Inserts rows that give the same columns and gives the stored ones. After a conflict the rows are those of the key it was about, where
 * the engine gives rows at all.
 */
export function insertRows(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
  conflict: Conflict | undefined,
): Awaitable<object[]> {
  if (givesRows(reader)) return after(executeInsert(reader, entry, rows, conflict, "all"), (inserted) => inserted.rows);
  if (conflict === undefined) return inTransaction(reader, (inside) => insertThenRead(inside, entry, rows));
  return after(executeInsert(reader, entry, rows, conflict, "nothing"), () => []);
}
