import type { QueryState } from "../query/query-state.ts";
import type { Owners } from "./group-children.ts";
import type { Fetched } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/** Rows that hold their keys in a list: each is told by its place, and `lists` are the keys of its children. */
export interface ListedParents {
  readonly keys: readonly number[];
  readonly lists: readonly (readonly KeyValue[])[];
  /** The keys as the statement takes them, each once. */
  readonly wanted: readonly (readonly unknown[])[];
}

/** The parents of a relation by their lists, as the driver gave these. What is no list has no entries. */
export function listedParents(given: readonly unknown[]): ListedParents {
  const wanted = new Map<KeyValue, readonly unknown[]>();
  const lists = given.map((list) => {
    const keys = new Set<KeyValue>();
    for (const entry of entriesOf(list)) {
      const key = keyOf([entry], [0]);
      if (key === undefined) continue;
      keys.add(key);
      if (!wanted.has(key)) wanted.set(key, [entry]);
    }
    return [...keys];
  });
  return { keys: [...given.keys()], lists, wanted: [...wanted.values()] };
}

function entriesOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

/** The children that any parent keeps, and whose they are. */
export interface OwnedChildren {
  readonly children: Fetched;
  readonly owners: Owners;
}

/**
 * Gives the children of a relation by lists to their parents, in the order of the query. Its limit and offset count for each parent here:
 * the statement reads a row once, whoever names it.
 */
export function ownedChildren(
  query: QueryState,
  lists: ListedParents["lists"],
  children: Fetched,
  childKeys: readonly (KeyValue | undefined)[],
): OwnedChildren {
  const places = new Map<KeyValue, number[]>();
  for (const [at, key] of childKeys.entries()) {
    if (key === undefined) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  }
  const from = slotNumber(query, query.offset) ?? 0;
  const to = from + (slotNumber(query, query.limit) ?? children.rows.length);
  const owners = children.rows.map((): number[] => []);
  for (const [parent, keys] of lists.entries()) {
    const own = keys.flatMap((key) => places.get(key) ?? []).toSorted((one, other) => one - other);
    for (const at of own.slice(from, to)) owners[at]?.push(parent);
  }
  const isKept = (_: unknown, at: number) => owners[at]?.length !== 0;
  const { rows, raw, plan } = children;
  return { children: { rows: rows.filter(isKept), raw: raw.filter(isKept), plan }, owners: owners.filter(isKept) };
}

function slotNumber({ values }: QueryState, slot: number | undefined): number | undefined {
  return slot === undefined ? undefined : Number(values[slot]);
}
