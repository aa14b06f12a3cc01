import { UniqueViolationError } from "../errors/constraint-errors.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, IndexInfo, ModelInfo } from "../model/model-info.ts";
import type { QueryState } from "../query/query-state.ts";
import { readOptions } from "../query/read-options.ts";
import { requireColumn } from "../model/require-column.ts";
import { checkValues } from "./check-values.ts";
import { fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { beforeInsert, beforeInsertMany, requireList } from "./insert.ts";
import { givesRows, type Conflict } from "./insert-statement.ts";
import { latest } from "./latest.ts";
import type { Session } from "./session.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import type { RowValues } from "./row-values.ts";
import { copyData, insertValues, insertValuesOfAll } from "./write-values.ts";
import { holderOf, insertOrUpdate } from "./upsert-any-key.ts";

/** Inserts a row, or updates the one that already holds the unique key; gives the stored row. */
export async function upsertOne(reader: Reader, state: QueryState, data: unknown, how: unknown): Promise<object> {
  const { info } = state.entry;
  const copy = copyData(info, data);
  const options = upsertOptions(info, how);
  await beforeInsert(state, copy);
  const row = insertValues(state.registry, info, copy);
  requireConflictValues(info, row, options);
  checkValues(reader.session.core.adapter, info, [row]);
  if (info.softDelete === undefined && givesRows(reader)) return storeOne(reader, state, row, copy, options);
  return allOrNothing(reader.session, (session) => storeOne({ ...reader, session }, state, row, copy, options));
}

/** As `upsertOne` for a list, in one transaction. */
export async function upsertMany(reader: Reader, state: QueryState, list: unknown, how: unknown): Promise<object[]> {
  const { info } = state.entry;
  const copies = requireList(info, list).map((data) => copyData(info, data));
  const options = upsertOptions(info, how);
  await beforeInsertMany(state, copies);
  const rows = insertValuesOfAll(state.registry, info, copies);
  for (const row of rows) requireConflictValues(info, row, options);
  checkValues(reader.session.core.adapter, info, rows);
  return allOrNothing(reader.session, async (session: Session) => {
    const stored: object[] = [];
    for (const [at, row] of rows.entries()) {
      stored.push(await storeOne({ ...reader, session }, state, row, copies[at] ?? {}, options));
    }
    return stored;
  });
}

interface UpsertChoice {
  readonly conflict: readonly ColumnInfo[];
  readonly update: readonly ColumnInfo[] | undefined;
}

function requireConflictValues({ table }: ModelInfo, row: RowValues, { conflict }: UpsertChoice): void {
  const absent = conflict.find((column) => !row.has(column));
  if (absent === undefined) return;
  throw new InvalidQueryError(
    `upsert of model "${table}" decides by "${absent.property}", but the data has no value for it.`,
    { model: table, column: absent.property },
  );
}

async function storeOne(
  reader: Reader,
  state: QueryState,
  row: RowValues,
  given: object,
  options: UpsertChoice,
): Promise<object> {
  const { entry } = state;
  const conflict: Conflict = { columns: options.conflict, update: updatedColumns(entry.info, row, given, options) };
  const [stored] = await insertOrUpdate(reader, state, row, conflict);
  if (stored !== undefined) return requireNotDeleted(state, stored, given, options);
  const kept = await fetchOne(reader, latest(reader, holderOf(state, row, conflict)));
  if (kept !== null) return requireNotDeleted(state, kept, given, options);
  throw new InvalidQueryError(`The row that upsert of model "${entry.info.table}" left as it was is gone.`, {
    model: entry.info.table,
  });
}

/** A deleted row is as good as gone, but it still holds its keys: an upsert neither changes it nor brings it back. */
function requireNotDeleted(state: QueryState, stored: object, given: object, { conflict }: UpsertChoice): object {
  const { info } = state.entry;
  const { softDelete } = info;
  if (softDelete === undefined || state.trashed !== "without" || Object.hasOwn(given, softDelete.property))
    return stored;
  const mark: unknown = Reflect.get(stored, softDelete.property);
  if (mark === null || mark === false) return stored;
  const columns = conflict.map(({ property }) => property);
  throw new UniqueViolationError(
    `A deleted row of "${info.table}" already holds this value of (${columns.join(", ")}). Restore it, or say withTrashed() before upsert.`,
    { table: info.table, columns, model: info.table },
  );
}

/**
 * The columns an existing row takes over: the named ones, or all that were given but the primary key, which others point at;
 * automatic updates always.
 */
function updatedColumns(
  { primaryKey }: ModelInfo,
  row: RowValues,
  given: object,
  { conflict, update }: UpsertChoice,
): readonly ColumnInfo[] {
  if (update?.length === 0) return [];
  return [...row.keys()].filter((column) => {
    if (conflict.includes(column)) return false;
    if (column.definition.autoUpdate !== false) return true;
    if (update !== undefined) return update.includes(column);
    return Object.hasOwn(given, column.property) && !primaryKey.includes(column);
  });
}

function upsertOptions(info: ModelInfo, how: unknown): UpsertChoice {
  const given = readOptions(info, "upsert", how, ["conflict", "update"]);
  const [conflict, update] = [given.get("conflict"), given.get("update")];
  if (!Array.isArray(conflict) || conflict.length === 0 || (update !== undefined && !Array.isArray(update))) {
    throw new InvalidQueryError(
      `upsert of model "${info.table}" needs { conflict: ["column"] }, the unique key that decides whether the row is there.`,
      { model: info.table },
    );
  }
  const columns = (names: readonly unknown[]) => names.map((name) => requireColumn(info, name));
  requireUnique(info, columns(conflict));
  return { conflict: columns(conflict), update: update === undefined ? undefined : columns(update) };
}

/** An index over expressions or beginnings of columns says nothing of the columns. */
function isWhole({ parts }: IndexInfo): boolean {
  return parts.every(({ column, length }) => column !== undefined && length === undefined);
}

/** A conflict can only be noticed on columns that the database keeps unique. */
function requireUnique(info: ModelInfo, columns: readonly ColumnInfo[]): void {
  const names = columns.map((column) => column.property);
  const same = (key: readonly string[]) => key.length === names.length && key.every((name) => names.includes(name));
  const [only] = columns;
  const known =
    same(info.primaryKey.map((column) => column.property)) ||
    info.uniques.some((unique) => same(unique.columns)) ||
    info.indexes.some((index) => index.unique && isWhole(index) && same(index.columns)) ||
    (columns.length === 1 && only?.definition.unique === true);
  if (known) return;
  throw new InvalidQueryError(
    `No unique key of model "${info.table}" is over (${names.join(", ")}), so upsert cannot tell whether the row is there. ` +
      "Add the columns to uniques, or name another key in conflict.",
    { model: info.table },
  );
}
