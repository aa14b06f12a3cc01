import type { ColumnState, LockWarning, TypeChange } from "@mortise/core/state";
import { affinityOf, type Affinity } from "./normal-text.ts";

/** What values of one affinity are in a column of another: everything is a text, and every integer is a number. */
const keeps: Readonly<Record<Affinity, ReadonlySet<Affinity>>> = {
  integer: new Set(["integer", "text", "numeric", "none"]),
  real: new Set(["real", "text", "none"]),
  numeric: new Set(["numeric", "text", "none"]),
  text: new Set(["text", "none"]),
  none: new Set(["none"]),
};

/** What becomes of the values when the declared type of a column changes. */
export function typeChange(from: ColumnState, to: ColumnState): TypeChange {
  const [before, after] = [affinityOf(from.databaseType ?? ""), affinityOf(to.databaseType ?? "")];
  return keeps[before].has(after) ? "rewrite" : "lossy";
}

/** SQLite has one writer at a time in any case: nobody waits longer for one change than for another. */
export function locks(): readonly LockWarning[] {
  return [];
}
