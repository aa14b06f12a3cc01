import { UniqueViolationError } from "../errors/constraint-errors.ts";
import { InvalidQueryError, SerializationError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { QueryState } from "../query/query-state.ts";
import { checkValues, givenValues } from "./check-values.ts";
import { withKey } from "./read.ts";
import { requireColumn } from "../model/require-column.ts";
import { fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import { insertOne } from "./insert.ts";
import { latest } from "./latest.ts";
import { unscoped } from "./unscoped.ts";
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
  checkGiven(reader, state, data);
  return untilSettled(reader, async (inside) => {
    return (await fetchOne(inside, query)) ?? insertUnlessThere(inside, state, query, data);
  });
}

/** What a later statement would refuse is refused before the look-up. */
function checkGiven(reader: Reader, { entry: { info } }: QueryState, data: object): void {
  checkValues(reader.session.core.adapter, info, [givenValues(info, data)]);
}

/** How often a look-up and its insert are tried where writers of the same key meet. */
const attempts = 10;

/**
 * Runs a look-up and what follows from it in one transaction. Where the engine has no savepoints, a key that another writer filled in
 * between ends the transaction, and all of it is run again: then it finds the row.
 */
async function untilSettled<T>(reader: Reader, body: (inside: Reader) => Promise<T>): Promise<T> {
  const { session } = reader;
  const once = () => allOrNothing(session, (own) => body({ ...reader, session: own }));
  if (session.core.adapter.capabilities.savepoints || session.transaction !== undefined) return once();
  let isViolated = false;
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      const isNew: boolean = error instanceof UniqueViolationError && !isViolated;
      if (!isNew && !(error instanceof SerializationError)) throw error;
      isViolated ||= isNew;
    }
  }
  return once();
}

async function insertUnlessThere(reader: Reader, state: QueryState, query: QueryState, data: object): Promise<object> {
  if (!reader.session.core.adapter.capabilities.savepoints) return insertOne(reader, state, data);
  try {
    return await allOrNothing(reader.session, async (session) => insertOne({ ...reader, session }, state, data));
  } catch (error) {
    if (!(error instanceof UniqueViolationError)) throw error;
    const there = await fetchOne(reader, latest(reader, query));
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
  checkGiven(reader, state, data);
  return untilSettled(reader, async (inside) => {
    const there = await fetchOne(inside, query);
    if (there === null) return insertUnlessThere(inside, state, query, data);
    if (Object.keys(changes).length === 0) return there;
    await updateRows(inside, withKey(state, keyOf(info, there)), changes);
    // The new values may have taken the row out of the query, or changed its key.
    return (await fetchOne(inside, withKey(unscoped(state), keyOf(info, { ...there, ...changes })))) ?? there;
  });
}

function keyOf(info: ModelInfo, row: object): object {
  return Object.fromEntries(info.primaryKey.map(({ property }) => [property, Reflect.get(row, property)]));
}

/** The first row that equals `search`, or an unsaved one of `search` and `values`. */
export async function firstOrNew(reader: Reader, state: QueryState, search: unknown, values: unknown): Promise<object> {
  const { info, model } = state.entry;
  const fresh = Object.assign(new model(), copyData(info, search), copyData(info, values ?? {}));
  return (await fetchOne(reader, searchQuery(state, search))) ?? fresh;
}

function searchQuery(state: QueryState, search: unknown): QueryState {
  const { info } = state.entry;
  const columns = new Map<ColumnInfo, unknown>();
  for (const [name, value] of Object.entries(copyData(info, search))) columns.set(requireColumn(info, name), value);
  if (columns.size > 0) return whereEqual({ ...state, picked: undefined, computed: [] }, columns);
  throw new InvalidQueryError(`A search of model "${info.table}" needs at least one value to look for.`, {
    model: info.table,
  });
}
