import type { Awaitable } from "../adapter/adapter.ts";
import { SchemaError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { MorphInfo, RelationInfo } from "../model/relation.ts";
import { keyedQuery } from "../plan/keyed-query.ts";
import type { LoadLayout } from "../plan/row-layout.ts";
import { hydrate } from "../plan/row-shape.ts";
import type { LoadState, QueryState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { after, inOrder } from "./awaitable.ts";
import { groupChildren, type Groups, type Keys } from "./group-children.ts";
import { listedParents, ownedChildren, type ListedParents } from "./listed-parents.ts";
import type { Fetch, Fetched, Reader } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/**
 * Gives the rows of a query their relations: from one statement for each relation, whatever the number of rows, or from inside the rows.
 *
 * `fetch` reads the children; it is handed in because reading loads relations in turn.
 */
export function loadRelations(reader: Reader, state: QueryState, parents: Fetched, fetch: Fetch): Awaitable<void> {
  if (parents.rows.length === 0) return;
  startMorphs(state, parents.rows, (load) => {
    const place = parents.plan.loads[load]?.positions.at(-1);
    return place === undefined ? [] : parents.raw.map((row) => row[place]);
  });
  return inOrder(state.loads, (load, at) => {
    const from = parents.plan.loads[at];
    if (from?.kind === "rows") return unpackChildren(reader, load, parents, from, fetch);
    return loadByKeys(reader, load, parents, from?.positions ?? [], fetch);
  });
}

/** Every `morphTo` that is loaded leads nowhere at first; its targets are loaded one by one. */
export function startMorphs(
  { entry, loads }: QueryState,
  rows: readonly object[],
  storedTypes: (load: number, column: ColumnInfo) => readonly unknown[],
): void {
  for (const morph of entry.morphs.values()) {
    const at = loads.findIndex(({ relation }) => relation === morph.branches[0]);
    if (at === -1) continue;
    const { typeColumn } = morph;
    if (typeColumn !== undefined) refuseUnknownTypes(morph, typeColumn, storedTypes(at, typeColumn));
    for (const row of rows) Reflect.set(row, morph.name, null);
  }
}

/** A stored type that no target has: its rows lead somewhere, and nobody here knows where. */
function refuseUnknownTypes(morph: MorphInfo, typeColumn: ColumnInfo, stored: readonly unknown[]): void {
  const { name, source, branches } = morph;
  const known = branches.flatMap(({ constants }) => constants.map(({ value }) => value));
  const isKnown = new Set<unknown>([null, ...known]);
  if (stored.every((type) => isKnown.has(type))) return;
  throw new SchemaError(
    `Column "${typeColumn.property}" of model "${source.table}" holds a type that the relation "${name}" has no target for. ` +
      `Known are: ${known.join(", ")}. Add the target, or give a model the stored text as options.morphName.`,
    { model: source.table, column: typeColumn.property },
  );
}

function loadByKeys(
  reader: Reader,
  load: LoadState,
  parents: Fetched,
  places: readonly number[],
  fetch: Fetch,
): Awaitable<void> {
  const [place] = places;
  if (load.relation.listed && place !== undefined) {
    const listed = listedParents(parents.raw.map((row) => row[place]));
    return loadOne(reader, load, { rows: parents.rows, ...listed }, fetch);
  }
  const { positions, isLed } = parentPlaces(load.relation, places);
  const keys = parents.raw.map((row) => (isLed(row) ? keyOf(row, positions) : undefined));
  const wanted = presentKeys(parents, keys, positions);
  return loadOne(reader, load, { rows: parents.rows, keys, wanted }, fetch);
}

/** Rows that a relation is loaded for. */
interface Parents {
  readonly rows: readonly object[];
  readonly keys: Keys;
  /** The keys of their children, where a parent has a list of them. */
  readonly lists?: ListedParents["lists"];
  /** The keys as the statement takes them, each once. */
  readonly wanted: readonly (readonly unknown[])[];
  /** The form in which a child's undecoded key is compared with `keys`; as the driver gave it unless said otherwise. */
  readonly comparable?: (key: readonly unknown[]) => readonly unknown[];
}

/** Loads one relation with one statement, or with none when no parent has a key. */
export function loadOne(reader: Reader, load: LoadState, parents: Parents, fetch: Fetch): Awaitable<void> {
  const { rows, keys, lists, wanted, comparable } = parents;
  if (wanted.length === 0) return assignChildren(load.relation, rows, keys, new Map());
  const { state, variant } = keyedQuery(load, wanted);
  return after(fetch(reader, state, variant), (children) => {
    const width = parentKeys(load.relation, load.query).columns.length;
    const tied = children.plan.extra.slice(0, width);
    const childKeys = children.raw.map((row) => childKey(row, tied, comparable));
    const pivotAt = children.plan.extra.slice(width);
    const owned =
      lists === undefined ? { children, owners: childKeys } : ownedChildren(load.query, lists, children, childKeys);
    return after(groupChildren(reader, { ...load, query: state }, owned.children, owned.owners, pivotAt), (groups) =>
      assignChildren(load.relation, rows, keys, groups),
    );
  });
}

function childKey(
  row: readonly unknown[],
  positions: readonly number[],
  comparable: Parents["comparable"],
): KeyValue | undefined {
  if (comparable === undefined) return keyOf(row, positions);
  return keyOf(comparable(positions.map((position) => row[position])), [...positions.keys()]);
}

/** Where a parent's key stands, and whether its row is one that the relation leads from: its constants hold. */
function parentPlaces({ from, constants }: RelationInfo, places: readonly number[]) {
  const values = constants.flatMap(({ at, value }) => (at === "source" ? [value] : []));
  const constantPlaces = places.slice(from.length);
  const isLed = (row: readonly unknown[]) => constantPlaces.every((place, at) => row[place] === values[at]);
  return { positions: places.slice(0, from.length), isLed };
}

/** The undecoded keys of the parents, each once. */
function presentKeys(parents: Fetched, keys: Keys, positions: readonly number[]): readonly (readonly unknown[])[] {
  const present = new Map<KeyValue, readonly unknown[]>();
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at];
    if (key === undefined || present.has(key)) continue;
    const row = parents.raw[at] ?? [];
    present.set(
      key,
      positions.map((position) => row[position]),
    );
  }
  return [...present.values()];
}

/** The children that came inside their parents' rows, made objects all at once, as if a statement had read them. */
function unpackChildren(
  reader: Reader,
  load: LoadState,
  parents: Fetched,
  { at, decode, layout }: LoadLayout & { readonly kind: "rows" },
  fetch: Fetch,
): Awaitable<void> {
  const raw: unknown[][] = [];
  const owners: number[] = [];
  for (const [owner, row] of parents.raw.entries()) {
    for (const child of rowsOf(decode === undefined ? row[at] : decode(row[at]))) {
      raw.push(child);
      owners.push(owner);
    }
  }
  const children = { rows: hydrate(layout.shape, raw), raw, plan: layout };
  reader.session.core.guard?.readTogether(children.rows);
  return after(loadRelations(reader, load.query, children, fetch), () =>
    after(groupChildren(reader, load, children, owners, layout.extra), (groups) =>
      assignChildren(load.relation, parents.rows, [...parents.raw.keys()], groups),
    ),
  );
}

function rowsOf(decoded: unknown): readonly unknown[][] {
  if (Array.isArray(decoded)) return decoded;
  throw new TypeError("The decoder of a column with rows gives a list.");
}

/** Gives every parent its own: a list, a row or null. A row of a `morphTo` tells which target it is. */
function assignChildren(relation: RelationInfo, rows: readonly object[], keys: Keys, children: Groups): void {
  const { name, cardinality, branch } = relation;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!;
    const key = keys[at];
    const found = key === undefined ? undefined : children.get(key);
    if (branch === undefined) {
      Reflect.set(row, name, cardinality === "many" ? (found?.slice() ?? []) : (found?.[0] ?? null));
    } else if (found?.[0] !== undefined) {
      Reflect.set(found[0], "type", branch);
      Reflect.set(row, name, found[0]);
    }
  }
}
