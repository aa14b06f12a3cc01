import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { columnField, type Field } from "../plan/build-select.ts";
import { hydrate, rowShape } from "../plan/row-shape.ts";
import type { LoadState, QueryState } from "../query/query-state.ts";
import { hasAfterFetch, runAfterFetch } from "./after-fetch.ts";
import { after } from "./awaitable.ts";
import type { Fetched, Reader } from "./reader.ts";
import type { KeyValue } from "./row-key.ts";

/** Whose each row is; `undefined` for nobody's. */
export type Keys = readonly (KeyValue | undefined)[];
/** As `Keys`, where rows may be those of several parents. */
export type Owners = readonly (KeyValue | undefined | readonly KeyValue[])[];
export type Groups = ReadonlyMap<KeyValue, object[]>;

/** The rows of a relation by the key of their parent, complete: with the columns of their pivot, and after `afterFetch`. */
export function groupChildren(
  reader: Reader,
  { relation, query }: LoadState,
  children: Fetched,
  keys: Owners,
  pivotAt: readonly number[],
): Awaitable<Groups> {
  addPivot(reader, relation, children, pivotAt);
  const { rows } = children;
  if (!hasAfterFetch(query)) return groupByKey(rows, keys);
  for (const [at, row] of rows.entries()) Reflect.set(row, PLACE, at);
  return after(runAfterFetch(query, rows), (kept) => groupByKey(kept, takeParentKeys(query, kept, keys)));
}

/** Puts the shown columns of the pivot, decoded as a flat read of them, under `pivot`. */
function addPivot(
  reader: Reader,
  { through }: LoadState["relation"],
  children: Fetched,
  positions: readonly number[],
): void {
  if (through === undefined || through.shown.length === 0) return;
  const raw = children.raw.map((row) => positions.map((position) => row[position]));
  const fields = through.shown.map((column): Field => columnField(through.model, column));
  const shape = rowShape(reader.session.core.adapter, Object, fields, []);
  for (const [at, shown] of hydrate(shape, raw).entries()) Reflect.set(children.rows[at] ?? {}, "pivot", { ...shown });
}

/** Where a child stood before `afterFetch` had it: a copy by spread takes the mark along. */
const PLACE: unique symbol = Symbol("mortise.place");

/** The parents of the rows that `afterFetch` gave. Where rows have no mark, as many as before stand in the same order. */
function takeParentKeys(state: QueryState, rows: readonly object[], before: Owners): Owners {
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
function groupByKey(rows: readonly object[], keys: Owners): Groups {
  const groups = new Map<KeyValue, object[]>();
  let last: KeyValue | undefined;
  let group: object[] | undefined;
  for (let at = 0; at < rows.length; at += 1) {
    const key = keys[at];
    if (key === undefined) continue;
    if (typeof key === "object") {
      addToEach(groups, key, rows[at]!);
      continue;
    }
    // Neighbours often have the same parent.
    if (key !== last) {
      last = key;
      group = groups.get(key);
    }
    if (group === undefined) groups.set(key, (group = [rows[at]!]));
    else group.push(rows[at]!);
  }
  return groups;
}

/** A row that several parents have. */
function addToEach(groups: Map<KeyValue, object[]>, keys: readonly KeyValue[], row: object): void {
  for (const key of keys) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
}
