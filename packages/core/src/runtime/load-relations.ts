import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError, SchemaError } from "../errors/errors.ts";
import type { MorphInfo, RelationInfo } from "../model/relation.ts";
import { keyedQuery } from "../plan/keyed-query.ts";
import { columnField, type Field } from "../plan/build-select.ts";
import { hydrate, rowShape } from "../plan/row-shape.ts";
import type { LoadState, QueryState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { hasAfterFetch, runAfterFetch } from "./after-fetch.ts";
import { after, inOrder } from "./awaitable.ts";
import type { Fetch, Fetched, Reader } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/**
 * Loads every relation of a query for its rows: one statement for each relation, whatever the number of rows.
 *
 * `fetch` reads the children; it is handed in because reading loads relations in turn.
 */
export function loadRelations(reader: Reader, state: QueryState, parents: Fetched, fetch: Fetch): Awaitable<void> {
  if (parents.rows.length === 0) return;
  startMorphs(state, parents);
  return inOrder(state.loads, (load, at) => {
    const { positions, isLed } = parentPlaces(load.relation, parents.plan.loadKeys[at] ?? []);
    const keys = parents.raw.map((row) => (isLed(row) ? keyOf(row, positions) : undefined));
    const wanted = presentKeys(parents, keys, positions);
    if (wanted.length === 0) return assignChildren(load.relation, parents, keys, new Map());
    return after(loadChildren(reader, load, wanted, fetch), (children) =>
      assignChildren(load.relation, parents, keys, children),
    );
  });
}

/** Where a parent's key stands, and whether its row is one that the relation leads from: its constants hold. */
function parentPlaces({ from, constants }: RelationInfo, places: readonly number[]) {
  const values = constants.flatMap(({ at, value }) => (at === "source" ? [value] : []));
  const constantPlaces = places.slice(from.length);
  const isLed = (row: readonly unknown[]) => constantPlaces.every((place, at) => row[place] === values[at]);
  return { positions: places.slice(0, from.length), isLed };
}

/** Every `morphTo` that is loaded leads nowhere at first; its targets are loaded one by one. */
function startMorphs({ entry, loads }: QueryState, parents: Fetched): void {
  for (const morph of entry.morphs.values()) {
    const at = loads.findIndex(({ relation }) => relation === morph.branches[0]);
    if (at === -1) continue;
    refuseUnknownTypes(morph, parents.raw, parents.plan.loadKeys[at]?.at(-1));
    for (const row of parents.rows) Reflect.set(row, morph.name, null);
  }
}

/** A stored type that no target has: its rows lead somewhere, and nobody here knows where. */
function refuseUnknownTypes(morph: MorphInfo, rows: readonly unknown[][], place: number | undefined): void {
  const { name, source, typeColumn, branches } = morph;
  if (typeColumn === undefined || place === undefined) return;
  const known = branches.flatMap(({ constants }) => constants.map(({ value }) => value));
  const isKnown = new Set<unknown>([null, ...known]);
  if (rows.every((row) => isKnown.has(row[place]))) return;
  throw new SchemaError(
    `Column "${typeColumn.property}" of model "${source.table}" holds a type that the relation "${name}" has no target for. ` +
      `Known are: ${known.join(", ")}. Add the target, or give a model the stored text as options.morphName.`,
    { model: source.table, column: typeColumn.property },
  );
}

type Keys = readonly (KeyValue | undefined)[];
type Groups = ReadonlyMap<KeyValue, object[]>;

/** The undecoded keys of the parents, each once. */
function presentKeys(parents: Fetched, keys: Keys, positions: readonly number[]): readonly (readonly unknown[])[] {
  const present = new Map<KeyValue, readonly unknown[]>();
  for (const [at, key] of keys.entries()) {
    if (key === undefined || present.has(key)) continue;
    const row = parents.raw[at] ?? [];
    present.set(
      key,
      positions.map((position) => row[position]),
    );
  }
  return [...present.values()];
}

/** The children of all parents, grouped by the key that points at theirs. */
function loadChildren(
  reader: Reader,
  load: LoadState,
  keys: readonly (readonly unknown[])[],
  fetch: Fetch,
): Awaitable<Groups> {
  const { state, variant } = keyedQuery(load, keys);
  return after(fetch(reader, state, variant), (children) => {
    addPivot(reader, load.relation, children);
    const positions = children.plan.extra.slice(0, parentKeys(load.relation, load.query).columns.length);
    const childKeys = children.raw.map((row) => keyOf(row, positions));
    const { rows } = children;
    if (!hasAfterFetch(state)) return groupByKey(rows, childKeys);
    for (const [at, row] of rows.entries()) Reflect.set(row, PLACE, at);
    return after(runAfterFetch(state, rows), (kept) => groupByKey(kept, takeParentKeys(state, kept, childKeys)));
  });
}

/** Gives every parent its own: a list, a row or null. A row of a `morphTo` tells which target it is. */
function assignChildren(relation: RelationInfo, parents: Fetched, keys: Keys, children: Groups): void {
  const { name, cardinality, branch } = relation;
  for (const [at, row] of parents.rows.entries()) {
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

/** Puts the shown columns of the pivot, decoded as a flat read of them, under `pivot`. */
function addPivot(reader: Reader, { through }: RelationInfo, children: Fetched): void {
  if (through === undefined || through.shown.length === 0) return;
  const positions = children.plan.extra.slice(through.left.length);
  const raw = children.raw.map((row) => positions.map((position) => row[position]));
  const fields = through.shown.map((column): Field => columnField(through.model, column));
  const shape = rowShape(reader.session.core.adapter, Object, fields, []);
  for (const [at, shown] of hydrate(shape, raw).entries()) Reflect.set(children.rows[at] ?? {}, "pivot", { ...shown });
}

/** Where a child stood before `afterFetch` had it: a copy by spread takes the mark along. */
const PLACE: unique symbol = Symbol("mortise.place");

/** The parents of the rows that `afterFetch` gave. Where rows have no mark, as many as before stand in the same order. */
function takeParentKeys(state: QueryState, rows: readonly object[], before: Keys): Keys {
  if (rows.length !== before.length && !rows.every((row) => PLACE in row)) {
    throw new InvalidQueryError(
      `afterFetch of model "${state.entry.info.table}" left rows out and made others anew, so that nobody can tell whose they are. ` +
        "Give the rows themselves, or copies made with { ...row }.",
      { model: state.entry.info.table },
    );
  }
  return rows.map((row, at) => {
    const place: unknown = Reflect.get(row, PLACE);
    Reflect.deleteProperty(row, PLACE);
    return before[typeof place === "number" ? place : at];
  });
}

/** Children by their parent's key. */
function groupByKey(rows: readonly object[], keys: Keys): Groups {
  const groups = new Map<KeyValue, object[]>();
  for (const [at, row] of rows.entries()) {
    const key = keys[at];
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
