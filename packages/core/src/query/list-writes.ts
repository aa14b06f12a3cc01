import { InvalidQueryError, RecordNotFoundError } from "../errors/errors.ts";
import { ColumnChange } from "../model/column-change.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { allOrNothing } from "../runtime/all-or-nothing.ts";
import type { Reader } from "../runtime/reader.ts";
import { keyOf, type KeyValue } from "../runtime/row-key.ts";
import { Session } from "../runtime/session.ts";
import { whereEqual } from "../runtime/where-equal.ts";
import { pivotKeys, type PivotKey } from "./pivot-key.ts";
import type { Synced } from "./pivot-writes.ts";
import { QueryBuilder, readerOn } from "./query-builder.ts";
import type { QueryState } from "./query-state.ts";
import { requireRole, type RelatedScope } from "./related-scope.ts";

/** Adds keys to the row's list, in one atomic update; gives how many were not there. */
export async function attachListed(scope: RelatedScope, ids: unknown, pivot: unknown): Promise<number> {
  refusePivot(scope, "attach", pivot);
  const keys = listKeys(scope, "attach", ids);
  const reader = await ownReader(scope);
  const stored = await storedKeys(scope, reader);
  const missing = keys.filter(({ id }) => !stored.has(id)).map(valueOf);
  await addKeys(scope, reader, missing);
  setList(scope, [...stored.values(), ...missing]);
  return missing.length;
}

/** Takes keys out of the row's list, or all; gives how many were there. */
export async function detachListed(scope: RelatedScope, ids: unknown): Promise<number> {
  const keys = listKeys(scope, "detach", ids === undefined ? [] : ids);
  const reader = await ownReader(scope);
  const stored = await storedKeys(scope, reader);
  const gone = ids === undefined ? stored : new Map(keys.filter(({ id }) => stored.has(id)).map(pairOf));
  if (gone.size > 0) {
    await writeList(scope, reader, ids === undefined ? [] : new ColumnChange("pull", [...gone.values()]));
  }
  setList(
    scope,
    [...stored].filter(([id]) => !gone.has(id)).map(([, value]) => value),
  );
  return gone.size;
}

/** Makes the list just these keys. */
export async function syncListed(scope: RelatedScope, ids: unknown, pivot: unknown): Promise<Synced> {
  refusePivot(scope, "sync", pivot);
  const keys = listKeys(scope, "sync", ids);
  const list = keys.map(valueOf);
  const synced = await inside(scope, async (reader) => {
    const stored = await storedKeys(scope, reader);
    const wanted = new Set(keys.map(({ id }) => id));
    const missing = keys.filter(({ id }) => !stored.has(id));
    const gone = [...stored].filter(([id]) => !wanted.has(id)).map(([, value]) => value);
    if (missing.length > 0 || gone.length > 0) await writeList(scope, reader, list);
    return { attached: missing.map(valueOf), detached: gone, updated: [] };
  });
  setList(scope, list);
  return synced;
}

/** Adds the keys that are not there and takes out those that are. */
export async function toggleListed(
  scope: RelatedScope,
  ids: unknown,
  pivot: unknown,
): Promise<Omit<Synced, "updated">> {
  refusePivot(scope, "toggle", pivot);
  const keys = listKeys(scope, "toggle", ids);
  const { list, ...toggled } = await inside(scope, async (reader) => {
    const stored = new Map(await storedKeys(scope, reader));
    const [gone, missing] = [keys.filter(({ id }) => stored.has(id)), keys.filter(({ id }) => !stored.has(id))];
    for (const { id } of gone) stored.delete(id);
    const list = [...stored.values(), ...missing.map(valueOf)];
    if (keys.length > 0) await writeList(scope, reader, list);
    return { list, attached: missing.map(valueOf), detached: gone.map(valueOf) };
  });
  setList(scope, list);
  return toggled;
}

/** Inserts rows of the target and adds their keys, both or neither. */
export async function insertListed<T extends readonly object[]>(
  scope: RelatedScope,
  target: QueryState,
  options: unknown,
  insert: (builder: QueryBuilder, control: unknown) => Promise<T>,
): Promise<T> {
  const { pivot, ...control }: { pivot?: unknown } = typeof options === "object" ? { ...options } : {};
  refusePivot(scope, "insert", pivot);
  rowKey(scope);
  const { rows, list } = await inside(scope, async (reader) => {
    const inserted = await insert(new QueryBuilder(reader, target), control);
    const keys = pivotKeys(target.registry, scope.relation, inserted, undefined).map(valueOf);
    const stored = await storedKeys(scope, reader);
    await addKeys(scope, reader, keys);
    return { rows: inserted, list: [...stored.values(), ...keys] };
  });
  setList(scope, list);
  return rows;
}

/** A list of keys has no place for anything else. */
function refusePivot({ relation: { name, source } }: RelatedScope, method: string, pivot: unknown): void {
  if (pivot === undefined) return;
  throw new InvalidQueryError(
    `${method} of "${name}" of model "${source.table}" was given values for a pivot row, and its keys stand in a list. ` +
      "Use a model between for them.",
    { model: source.table },
  );
}

type StoredKeys = ReadonlyMap<KeyValue, unknown>;

/** The keys that were given, checked before anything is sent. */
function listKeys(scope: RelatedScope, method: string, ids: unknown): readonly PivotKey[] {
  requireRole(scope, method, "lists");
  rowKey(scope);
  return pivotKeys(scope.source.registry, scope.relation, ids, undefined);
}

function valueOf({ values }: PivotKey): unknown {
  return values[0];
}

function pairOf(key: PivotKey): [KeyValue, unknown] {
  return [key.id, valueOf(key)];
}

function listColumn({ relation }: RelatedScope): ColumnInfo {
  const [list] = relation.from;
  if (list !== undefined) return list;
  throw new TypeError(`The relation ${relation.name} has no list.`);
}

/** The primary key of the scope's row, by which its document is found again. */
function rowKey({ row, source }: RelatedScope): ReadonlyMap<ColumnInfo, unknown> {
  const { info } = source.entry;
  const key = new Map(
    info.primaryKey.map((column): [ColumnInfo, unknown] => [column, Reflect.get(row, column.property)]),
  );
  const missing = [...key].find(([, value]) => value === undefined || value === null)?.[0];
  if (missing === undefined && key.size > 0) return key;
  throw new InvalidQueryError(
    `The row of model "${info.table}" cannot be found again without its primary key. Select ${missing?.property ?? "it"} too.`,
    { model: info.table, column: missing?.property },
  );
}

function ownRow(scope: RelatedScope, reader: Reader): QueryBuilder {
  return new QueryBuilder(reader, whereEqual(scope.source, rowKey(scope)));
}

/** The keys in the stored list. */
async function storedKeys(scope: RelatedScope, reader: Reader): Promise<StoredKeys> {
  const { property } = listColumn(scope);
  const stored = await ownRow(scope, reader).select(property).one();
  if (stored === null) throw goneRow(scope);
  const list: unknown = Reflect.get(stored, property);
  const keys = new Map<KeyValue, unknown>();
  for (const value of Array.isArray(list) ? list : []) {
    const key = keyOf([value], [0]);
    if (key !== undefined) keys.set(key, value);
  }
  return keys;
}

async function addKeys(scope: RelatedScope, reader: Reader, keys: readonly unknown[]): Promise<void> {
  if (keys.length > 0) await writeList(scope, reader, new ColumnChange("addToSet", keys));
}

async function writeList(scope: RelatedScope, reader: Reader, list: unknown): Promise<void> {
  const changed = await ownRow(scope, reader).update({ [listColumn(scope).property]: list });
  if (changed === 0) throw goneRow(scope);
}

function goneRow({ source }: RelatedScope): RecordNotFoundError {
  const { table } = source.entry.info;
  return new RecordNotFoundError(`The row of "${table}" that should be changed is gone.`, { model: table });
}

/** The row at hand shows what was stored. */
function setList(scope: RelatedScope, list: readonly unknown[]): void {
  Reflect.set(scope.row, listColumn(scope).property, [...list]);
}

/** Reads and writes the row itself, which is no read of its relation. */
async function ownReader({ reader: { session } }: RelatedScope): Promise<Reader> {
  await session.core.ready();
  return readerOn(new Session(session.core, session.transaction, session.control));
}

/** Runs a body in a transaction, once it is known what the database can do. */
async function inside<T>({ reader }: RelatedScope, body: (reader: Reader) => Promise<T>): Promise<T> {
  await reader.session.core.ready();
  return allOrNothing(reader.session, (session) => body(readerOn(session)));
}
