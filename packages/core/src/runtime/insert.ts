import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { QueryState } from "../query/query-state.ts";
import { after, inOrder } from "./awaitable.ts";
import { checkValues, encodeRows } from "./check-values.ts";
import { insertAsGiven, storesAsGiven } from "./insert-as-given.ts";
import { executeInsert, givesRows, type Conflict } from "./insert-statement.ts";
import { rowChunks } from "./row-chunks.ts";
import type { Reader } from "./reader.ts";
import { partOf } from "./part.ts";
import { inTransaction } from "./in-transaction.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import type { RowOfLists, RowValues } from "./row-values.ts";
import { copyData, insertValues, insertValuesOfAll, requireData } from "./write-values.ts";

const readers = partOf(() => import("./insert-then-read.ts"));

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
  const given = requireList(entry.info, list);
  // The values are taken before anything is waited for: the caller may change his objects afterwards.
  const rows = isHooked(state)
    ? await hookedRows(state, given)
    : insertValuesOfAll(
        state.registry,
        entry.info,
        given.map((data) => requireData(entry.info, data)),
      );
  if (rows.length === 0) return [];
  checkRows(reader, entry, rows);
  if (reader.session.transaction === undefined && isOneChunk(reader, rows)) {
    const alone = await insertAlone(reader, entry, rows);
    if (alone !== undefined) return alone;
  }
  return allOrNothing(reader.session, (session) => insertInChunks({ ...reader, session }, entry, rows));
}

async function hookedRows(state: QueryState, given: readonly unknown[]): Promise<readonly RowOfLists[]> {
  const { info } = state.entry;
  const copies = given.map((data) => copyData(info, data));
  await beforeInsertMany(state, copies);
  return insertValuesOfAll(state.registry, info, copies);
}

/** Whether a hook may change rows before they are inserted. */
function isHooked({ entry: { info } }: QueryState): boolean {
  return info.hooks.beforeInsert !== undefined || info.hooks.beforeInsertMany !== undefined;
}

/** One statement happens whole or not at all, and needs no transaction. `undefined` where one does not do. */
function insertAlone(reader: Reader, entry: SchemaEntry, rows: readonly RowValues[]): Awaitable<object[] | undefined> {
  return after(insertAsGiven(reader, entry, rows), (given) => {
    if (given !== undefined || !givesRows(reader)) return given;
    return after(executeInsert(reader, entry, rows, undefined, "all"), (inserted) => inserted.rows);
  });
}

/** Whether one statement takes all rows, which then needs no transaction around it. */
function isOneChunk({ session }: Reader, rows: readonly RowValues[]): boolean {
  const { capabilities } = session.core.adapter;
  const [first] = rowChunks(rows, capabilities);
  return capabilities.atomicStatements && first?.length === rows.length;
}

/** Rows that are read again by their keys keep these as they were given. */
function checkRows(reader: Reader, entry: SchemaEntry, rows: readonly RowOfLists[]): void {
  const { adapter } = reader.session.core;
  if (givesRows(reader) || storesAsGiven(reader, entry, rows)) encodeRows(adapter, entry.info, rows);
  else checkValues(adapter, entry.info, rows);
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
  const stored: object[] = [];
  for (const chunk of rowChunks(rows, reader.session.core.adapter.capabilities)) {
    const given = await insertAlone(reader, entry, chunk);
    if (given === undefined) {
      const rest = rows.slice(stored.length);
      return [...stored, ...(await readers([], (part) => part.insertThenRead(reader, entry, rest)))];
    }
    stored.push(...given);
  }
  return stored;
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
  if (conflict === undefined) {
    return after(
      insertAlone(reader, entry, rows),
      (alone) =>
        alone ??
        inTransaction(reader, async (inside) => readers([], (part) => part.insertThenRead(inside, entry, rows))),
    );
  }
  if (givesRows(reader)) return after(executeInsert(reader, entry, rows, conflict, "all"), (inserted) => inserted.rows);
  return after(executeInsert(reader, entry, rows, conflict, "nothing"), () => []);
}
