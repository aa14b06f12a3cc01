import type { Kind, OrderSpec, Value } from "../program.ts";
import type { Listing } from "./answer.ts";
import { compareValues } from "./compare.ts";

/** A value to order by, with its kind. */
export interface SortKey {
  readonly kind: Kind;
  readonly value: Value;
}

interface Cut {
  readonly limit: number | undefined;
  readonly offset: number | undefined;
}

/** Sorts items, puts those that are equal by the order together, and says which of them are wanted. */
export function arrange<T>(
  items: readonly T[],
  order: readonly OrderSpec[],
  keyOf: (item: T, column: string) => SortKey,
  { limit, offset }: Cut,
): Listing<T> {
  const difference = (left: T, right: T): number => {
    for (const one of order) {
      const found = compareKeys(keyOf(left, one.column), keyOf(right, one.column), one);
      if (found !== 0) return found;
    }
    return 0;
  };
  const groups: T[][] = [];
  for (const item of [...items].sort(difference)) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last !== undefined && first !== undefined && difference(first, item) === 0) last.push(item);
    else groups.push([item]);
  }
  const from = offset ?? 0;
  return { groups, from, to: limit === undefined ? Number.POSITIVE_INFINITY : from + limit };
}

/** The wanted items of a listing in one of its orders. */
export function wanted<T>({ groups, from, to }: Listing<T>): T[] {
  return groups.flat().slice(from, to);
}

/** Nulls come first ascending and last descending, unless the order says otherwise. */
function compareKeys(left: SortKey, right: SortKey, { direction, nulls }: OrderSpec): number {
  if (left.value === null || right.value === null) {
    const first = (nulls ?? (direction === "asc" ? "first" : "last")) === "first";
    if (left.value === right.value) return 0;
    return (left.value === null) === first ? -1 : 1;
  }
  const found = compareValues(left.kind, left.value, right.value);
  return direction === "asc" ? found : -found;
}
