import type { ThroughInfo } from "../model/relation.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { insertPivotRows } from "../runtime/insert-pivot-rows.ts";
import type { Reader } from "../runtime/reader.ts";
import { keyOf, type KeyValue } from "../runtime/row-key.ts";
import { allOrNothing } from "../runtime/all-or-nothing.ts";
import { currentInstant } from "../runtime/write-values.ts";
import { whereEqual } from "../runtime/where-equal.ts";
import { pivotData, pivotKeys, type PivotKey } from "./pivot-key.ts";
import { QueryBuilder, readerOn } from "./query-builder.ts";
import type { QueryState } from "./query-state.ts";
import { isSame, requireRole, tiedValues, type RelatedScope } from "./related-scope.ts";

/** What `sync` did, by the keys of the target. */
export interface Synced {
  readonly attached: readonly unknown[];
  readonly detached: readonly unknown[];
  readonly updated: readonly unknown[];
}

/** Adds a pivot row for each key. One that is there already is a unique violation. */
export function attach(scope: RelatedScope, ids: unknown, pivot: unknown): Promise<number> {
  const keys = scopeKeys(scope, "attach", ids, pivot);
  return inside(scope, async (reader) => {
    await addRows(scope, reader, keys);
    return keys.length;
  });
}

/** Removes the pivot rows of these keys, or all. */
export function detach(scope: RelatedScope, ids: unknown): Promise<number> {
  const keys = ids === undefined ? undefined : scopeKeys(scope, "detach", ids, undefined);
  requireRole(scope, "detach", "pivot");
  return inside(scope, (reader) => removeRows(scope, reader, keys));
}

/** Makes the attached rows just these. Pivot rows that stay are kept, and changed where other values were given. */
export function sync(scope: RelatedScope, ids: unknown, pivot: unknown): Promise<Synced> {
  const keys = scopeKeys(scope, "sync", ids, pivot);
  return inside(scope, async (reader) => {
    const there = await storedRows(scope, reader);
    const wanted = new Set(keys.map(({ id }) => id));
    const missing = keys.filter(({ id }) => !there.has(id));
    const changed = keys.filter(({ id, pivot: values }) => there.has(id) && differs(there.get(id)?.row, values));
    const gone = [...there.values()].filter(({ id }) => !wanted.has(id));
    if (gone.length > 0) await removeRows(scope, reader, gone);
    for (const key of changed) await changeRows(scope, reader, [key], key.pivot);
    await addRows(scope, reader, missing);
    return {
      attached: shownKeys(scope, missing),
      detached: shownKeys(scope, gone),
      updated: shownKeys(scope, changed),
    };
  });
}

/** Attaches the keys that are not there and detaches those that are. */
export function toggle(scope: RelatedScope, ids: unknown, pivot: unknown): Promise<Omit<Synced, "updated">> {
  const keys = scopeKeys(scope, "toggle", ids, pivot);
  return inside(scope, async (reader) => {
    const there = await storedRows(scope, reader);
    const gone = keys.filter(({ id }) => there.has(id));
    const missing = keys.filter(({ id }) => !there.has(id));
    if (gone.length > 0) await removeRows(scope, reader, gone);
    await addRows(scope, reader, missing);
    return { attached: shownKeys(scope, missing), detached: shownKeys(scope, gone) };
  });
}

/** Sets values of the pivot rows of these keys; gives how many there were. */
export function updatePivot(scope: RelatedScope, ids: unknown, values: unknown): Promise<number> {
  const keys = scopeKeys(scope, "updatePivot", ids, undefined);
  const data = pivotData(scope.relation, values);
  if (Object.keys(data).length === 0) {
    throw new InvalidQueryError(`updatePivot of "${scope.relation.name}" was given nothing to set.`, {
      model: requireThrough(scope).model.table,
    });
  }
  return inside(scope, (reader) => (keys.length === 0 ? 0 : changeRows(scope, reader, keys, data)));
}

/** Inserts rows of the target and attaches them, both or neither. */
export function insertAttached<T extends readonly object[]>(
  scope: RelatedScope,
  target: QueryState,
  options: unknown,
  insert: (builder: QueryBuilder, control: unknown) => Promise<T>,
): Promise<T> {
  const { pivot, ...control } = optionsOf(options);
  if (pivot !== undefined) pivotData(scope.relation, pivot);
  tiedValues(scope, "through");
  return inside(scope, async (reader) => {
    const rows = await insert(new QueryBuilder(reader, target), control);
    await addRows(scope, reader, pivotKeys(target.registry, scope.relation, rows, pivot));
    return rows;
  });
}

function optionsOf(options: unknown): Record<string, unknown> {
  return typeof options === "object" && options !== null ? { ...options } : {};
}

/** The keys that were given, checked before anything is sent. */
function scopeKeys(scope: RelatedScope, method: string, ids: unknown, pivot: unknown): readonly PivotKey[] {
  requireRole(scope, method, "pivot");
  tiedValues(scope, "through");
  return pivotKeys(scope.source.registry, scope.relation, ids, pivot);
}

/** Runs a body in a transaction, once it is known what the database can do. */
async function inside<T>({ reader }: RelatedScope, body: (reader: Reader) => Promise<T> | T): Promise<T> {
  await reader.session.core.ready();
  return allOrNothing(reader.session, (session) => body(readerOn(session)));
}

function requireThrough({ relation }: RelatedScope): ThroughInfo {
  if (relation.through !== undefined) return relation.through;
  throw new TypeError(`The relation ${relation.name} has no pivot.`);
}

function pivotState(scope: RelatedScope): QueryState {
  const { registry } = scope.source;
  const entry = registry.byInfo.get(requireThrough(scope).model);
  if (entry === undefined) throw new TypeError(`The pivot of ${scope.relation.name} is out of its schema.`);
  return scope.reader.session.core.stateOf(entry);
}

/** The pivot rows of the scope's row, or those of some keys among them. */
function pivotRows(scope: RelatedScope, reader: Reader, keys?: readonly Pick<PivotKey, "values">[]): QueryBuilder {
  const all = new QueryBuilder(reader, whereEqual(pivotState(scope), tiedValues(scope, "through")));
  if (keys === undefined) return all;
  const columns = requireThrough(scope).right.map(({ property }) => property);
  const [only, another] = columns;
  if (another === undefined)
    return all.whereIn(
      only,
      keys.map(({ values }) => values[0]),
    );
  const pair = ({ values }: Pick<PivotKey, "values">) =>
    Object.fromEntries(columns.map((name, at) => [name, values[at]]));
  return all.where((any: QueryBuilder) => {
    for (const key of keys) any.orWhere(pair(key));
  });
}

interface StoredRow {
  readonly id: KeyValue;
  readonly values: readonly unknown[];
  readonly row: object;
}

/** The pivot rows of the scope's row by the key they point at, locked where rows can be. */
async function storedRows(scope: RelatedScope, reader: Reader): Promise<ReadonlyMap<KeyValue, StoredRow>> {
  const { rowLocks } = reader.session.core.adapter.capabilities;
  const { right } = requireThrough(scope);
  let query = pivotRows(scope, reader);
  for (const { property } of right) query = query.orderBy(property);
  const stored = new Map<KeyValue, StoredRow>();
  for (const row of await (rowLocks ? query.lockForUpdate() : query).many()) {
    const values = right.map(({ property }): unknown => Reflect.get(row, property));
    const id = keyOf(values, [...right.keys()]);
    if (id !== undefined) stored.set(id, { id, values, row });
  }
  return stored;
}

/** Composite keys stand in the statement one by one, so that each takes a few of them. */
const keysAtOnce = 200;

function batches<T>(scope: RelatedScope, keys: readonly T[]): readonly (readonly T[])[] {
  if (requireThrough(scope).right.length === 1) return keys.length === 0 ? [] : [keys];
  return Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, at) =>
    keys.slice(at * keysAtOnce, (at + 1) * keysAtOnce),
  );
}

async function removeRows(
  scope: RelatedScope,
  reader: Reader,
  keys: readonly Pick<PivotKey, "values">[] | undefined,
): Promise<number> {
  if (keys === undefined) return Number(await pivotRows(scope, reader).delete());
  let removed = 0;
  for (const batch of batches(scope, keys)) removed += Number(await pivotRows(scope, reader, batch).delete());
  return removed;
}

async function changeRows(
  scope: RelatedScope,
  reader: Reader,
  keys: readonly PivotKey[],
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  const updated = requireThrough(scope).stamps?.updated;
  const stamped = updated === undefined ? values : { [updated.property]: currentInstant(updated), ...values };
  let changed = 0;
  for (const batch of batches(scope, keys)) changed += Number(await pivotRows(scope, reader, batch).update(stamped));
  return changed;
}

/** Inserts pivot rows. Where the pivot model soft-deletes, a row that was detached gives its place to the new one. */
async function addRows(scope: RelatedScope, reader: Reader, keys: readonly PivotKey[]): Promise<void> {
  const state = pivotState(scope);
  const { entry } = state;
  const through = requireThrough(scope);
  if (keys.length === 0) return;
  if (entry.info.softDelete !== undefined) {
    for (const batch of batches(scope, keys)) await pivotRows(scope, reader, batch).onlyTrashed().forceDelete();
  }
  const tied = Object.fromEntries([...tiedValues(scope, "through")].map(([{ property }, value]) => [property, value]));
  const rows = keys.map(({ values, pivot }) => ({
    ...pivot,
    ...tied,
    ...Object.fromEntries(through.right.map(({ property }, at) => [property, values[at]])),
  }));
  await insertPivotRows(reader, state, through, rows);
}

/** Whether a stored pivot row holds something else than these values. What cannot be compared is written again. */
function differs(row: object | undefined, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).some(([name, value]) => {
    const stored: unknown = row && Reflect.get(row, name);
    return value === null || stored === null ? value !== stored : !isSame(stored, value);
  });
}

/** Keys as callers know them: a value, or an object of a composite one. */
function shownKeys({ relation }: RelatedScope, keys: readonly Pick<PivotKey, "values">[]): readonly unknown[] {
  const [, another] = relation.to;
  return keys.map(({ values }) =>
    another === undefined
      ? values[0]
      : Object.fromEntries(relation.to.map(({ property }, at) => [property, values[at]])),
  );
}
