import { isDerivedName, isSame, type NameSuffix } from "@mortise/core/state";

/** How the database compares names; `SchemaAdapter.foldName`. */
export type Fold = (name: string) => string;

/** What one kind of object needs to be found again on the other side. */
export interface Matching<T> {
  readonly name: (object: T) => string | undefined;
  /** What the object is, without its name. */
  readonly content: (object: T) => unknown;
  /** True when the model left the name open, so that any name in the database will do. */
  readonly isUnnamed: (object: T) => boolean;
}

export interface Matches<T> {
  readonly missing: readonly T[];
  readonly changed: readonly { readonly from: T; readonly to: T }[];
  readonly extra: readonly T[];
}

/**
 * Pairs wanted objects with those that are there.
 *
 * Equal content is a pair when the names agree or the wanted one was derived; then an equal name with other content is a change.
 * What is left over is missing on one side, extra on the other.
 */
export function matchObjects<T>(actual: readonly T[], desired: readonly T[], fold: Fold, by: Matching<T>): Matches<T> {
  const left = new Set(actual);
  const take = (found: T | undefined): T | undefined => {
    if (found !== undefined) left.delete(found);
    return found;
  };
  const sameName = (a: T, b: T): boolean => foldMaybe(by.name(a), fold) === foldMaybe(by.name(b), fold);
  const sameContent = (a: T, b: T): boolean => isSame(by.content(a), by.content(b));
  const exact = desired.filter(
    (want) => take([...left].find((has) => sameContent(has, want) && sameName(has, want))) === undefined,
  );
  const unnamed = exact.filter(
    (want) => take([...left].find((has) => by.isUnnamed(want) && sameContent(has, want))) === undefined,
  );
  const changed: { from: T; to: T }[] = [];
  const missing = unnamed.filter((want) => {
    const from = take([...left].find((has) => by.name(want) !== undefined && sameName(has, want)));
    if (from !== undefined) changed.push({ from, to: want });
    return from === undefined;
  });
  return { missing, changed, extra: [...left] };
}

function foldMaybe(name: string | undefined, fold: Fold): string | undefined {
  return name === undefined ? undefined : fold(name);
}

/** Whether a name is one that we derive from the table and the columns. */
export function isUnnamed(
  table: string,
  suffix: NameSuffix,
  name: string | undefined,
  parts: readonly string[],
): boolean {
  return isDerivedName(name, table, parts, suffix);
}
