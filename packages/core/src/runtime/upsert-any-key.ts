import { UniqueViolationError } from "../errors/constraint-errors.ts";
import type { QueryState } from "../query/query-state.ts";
import { insertRows } from "./insert.ts";
import type { Conflict } from "./insert-statement.ts";
import { latest } from "./latest.ts";
import { fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { unscoped } from "./unscoped.ts";
import { whereEqual } from "./where-equal.ts";
import { setColumns } from "./write.ts";
import type { RowValues } from "./row-values.ts";

/**
 * Inserts a row or updates the one that holds its key. Where the engine cannot be told which key that is, its statement fails when
 * another one is hit; the row of the named key is then updated by itself, and without one the other key's error stands. No row holds
 * a key that is null, so that the row is just inserted.
 */
export async function insertOrUpdate(
  reader: Reader,
  state: QueryState,
  row: RowValues,
  conflict: Conflict,
): Promise<readonly object[]> {
  const { conflictTarget } = reader.session.core.adapter.capabilities;
  const isHeld = conflict.columns.every((column) => row.get(column) !== null);
  if (!conflictTarget && !isHeld) return insertRows(reader, state.entry, [row], undefined);
  try {
    return await insertRows(reader, state.entry, [row], conflict);
  } catch (error) {
    if (conflictTarget || !(error instanceof UniqueViolationError)) throw error;
    const holder = holderOf(state, row, conflict);
    const changed = new Map(conflict.update.map((column) => [column, row.get(column)]));
    const found =
      changed.size === 0 ? await fetchOne(reader, latest(reader, holder)) : await setColumns(reader, holder, changed);
    if (found === null || found === 0) throw error;
    return [];
  }
}

/** The row that holds the key of an upsert, deleted or not, read as it is now: an older snapshot may not have it. */
export function holderOf(state: QueryState, row: RowValues, { columns }: Conflict): QueryState {
  return whereEqual(unscoped(state), new Map(columns.map((column) => [column, row.get(column)])));
}
