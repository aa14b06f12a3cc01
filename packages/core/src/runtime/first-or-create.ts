import { UniqueViolationError } from "../errors/constraint-errors.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { QueryState } from "../query/query-state.ts";
import { keyValues, withKey } from "./read.ts";
import { requireColumn } from "../model/require-column.ts";
import { fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { insertOne } from "./insert.ts";
import { transact } from "./transact.ts";
import { whereEqual } from "./where-equal.ts";
import { updateRows } from "./write.ts";
import { copyData } from "./write-values.ts";

/**
 * The first row that equals `search`, or a new one of `search` and `values`.
 *
 * Look-up and insert share one transaction, and a unique key that another writer filled in between is looked up again,
 * so that concurrent callers get one row.
 */
export function firstOrCreate(reader: Reader, state: QueryState, search: unknown, values: unknown): Promise<object> {
  const query = searchQuery(state, search);
  const data = { ...copyData(state.entry.info, search), ...copyData(state.entry.info, values ?? {}) };
  return transact(reader.session, async (session) => {
    const inside = { ...reader, session };
    return (await fetchOne(inside, query)) ?? insertUnlessThere(inside, state, query, data);
  });
}

async function insertUnlessThere(reader: Reader, state: QueryState, query: QueryState, data: object): Promise<object> {
  try {
    return await transact(reader.session, async (session) => insertOne({ ...reader, session }, state, data));
  } catch (error) {
    if (!(error instanceof UniqueViolationError)) throw error;
    const there = await fetchOne(reader, query);
    if (there === null) throw error;
    return there;
  }
}

/** The first row that equals `search`, updated with `values`, or a new one. */
export function updateOrCreate(reader: Reader, state: QueryState, search: unknown, values: unknown): Promise<object> {
  const query = searchQuery(state, search);
  const { info } = state.entry;
  const changes = copyData(info, values ?? {});
  const data = { ...copyData(info, search), ...changes };
  return transact(reader.session, async (session) => {
    const inside = { ...reader, session };
    const there = await fetchOne(inside, query);
    if (there === null) return insertUnlessThere(inside, state, query, data);
    if (Object.keys(changes).length === 0) return there;
    const key = keyValues(
      info,
      info.primaryKey,
      Object.fromEntries(info.primaryKey.map((one) => [one.property, Reflect.get(there, one.property)])),
    );
    const row = withKey(state, info.primaryKey.length === 1 ? key[0] : key);
    await updateRows(inside, row, changes);
    return (await fetchOne(inside, row)) ?? there;
  });
}

/** The first row that equals `search`, or an unsaved one of `search` and `values`. */
export async function firstOrNew(reader: Reader, state: QueryState, search: unknown, values: unknown): Promise<object> {
  const { info, model } = state.entry;
  const there = await fetchOne(reader, searchQuery(state, search));
  if (there !== null) return there;
  return Object.assign(new model(), copyData(info, search), copyData(info, values ?? {}));
}

function searchQuery(state: QueryState, search: unknown): QueryState {
  const { info } = state.entry;
  const columns = new Map<ColumnInfo, unknown>();
  for (const [name, value] of Object.entries(copyData(info, search))) columns.set(requireColumn(info, name), value);
  if (columns.size > 0) return whereEqual(state, columns);
  throw new InvalidQueryError(`A search of model "${info.table}" needs at least one value to look for.`, {
    model: info.table,
  });
}
