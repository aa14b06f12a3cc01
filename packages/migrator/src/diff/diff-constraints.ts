import {
  indexParts,
  isSame,
  type Change,
  type CheckState,
  type ForeignKeyState,
  type IndexState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import type { OnTable } from "./diff-table.ts";
import { isUnnamed, matchObjects, type Fold, type Matching } from "./match.ts";
import { hintedIndex, type RenameHint } from "./rename-hint.ts";
import type { DiffRules, KeptObject, PartDiff } from "./schema-diff.ts";

/** A check is its expression; a changed one is found again by its name. */
export function diffChecks(place: OnTable, actual: TableState, desired: TableState, fold: Fold): PartDiff {
  const found = matchObjects(actual.checks, desired.checks, fold, {
    name: (check) => check.name,
    content: (check) => check.expression,
    isUnnamed: (check) => isDerivedCheck(desired, check),
  });
  return {
    changes: [
      ...found.changed.map(({ from, to }): Change => ({ kind: "replaceCheck", ...place, from, to })),
      ...found.missing.map((check): Change => ({ kind: "addCheck", ...place, check })),
    ],
    extra: found.extra.map((check) => ({
      kept: kept(place, "check", check.name ?? check.expression),
      drop: { kind: "dropCheck", ...place, check },
    })),
  };
}

/** A derived check is named after a column of its table, or after a hash of its text, which normalising has changed. */
function isDerivedCheck(table: TableState, { name }: CheckState): boolean {
  const hash = /_([0-9a-f]{8})_check$/.exec(name ?? "")?.[1];
  const parts = [...(hash === undefined ? [] : [hash]), ...table.columns.map((column) => column.name)];
  return name === undefined || parts.some((part) => isUnnamed(table.name, "check", name, [part]));
}

/** An index or a unique key: some engines make the one for the other, so that a name may pass from one to the other. */
type Key =
  | { readonly kind: "index"; readonly index: IndexState }
  | { readonly kind: "unique"; readonly unique: UniqueState };

/** Indexes and unique keys. */
export function diffIndexes(
  place: OnTable,
  actual: TableState,
  desired: TableState,
  fold: Fold,
  hints: readonly RenameHint[],
): PartDiff {
  const renames = indexRenames(actual, desired, fold, hints);
  const names = new Map(renames.map(({ from, to }) => [from, to]));
  const keys = keysOf(actual).map((key) => renamedKey(key, names));
  const found = matchObjects(keys, keysOf(desired), fold, keyMatching(desired, fold));
  return {
    changes: [
      ...renames.map(({ from, to }): Change => ({ kind: "renameIndex", ...place, from, to })),
      ...found.changed.map(({ from, to }) => replaceKey(place, from, to)),
      ...found.missing.map((key): Change =>
        key.kind === "unique"
          ? { kind: "addUnique", ...place, unique: key.unique }
          : { kind: "createIndex", ...place, index: key.index },
      ),
    ],
    extra: found.extra.map((key) =>
      key.kind === "unique"
        ? {
            kept: kept(place, "unique key", key.unique.name ?? key.unique.columns.join(", ")),
            drop: { kind: "dropUnique", ...place, unique: key.unique },
          }
        : { kept: kept(place, "index", key.index.name), drop: { kind: "dropIndex", ...place, index: key.index } },
    ),
  };
}

interface NameChange {
  readonly from: string;
  readonly to: string;
}

/** Hints whose old name is there and whose new name is not. */
function indexRenames(
  actual: TableState,
  desired: TableState,
  fold: Fold,
  hints: readonly RenameHint[],
): readonly NameChange[] {
  const existing = new Map([...actual.uniques, ...actual.indexes].map(({ name }) => [fold(name ?? ""), name]));
  return [...desired.uniques, ...desired.indexes].flatMap((key) => {
    const hinted = hintedIndex(hints, desired, key, fold);
    const from = hinted === undefined ? undefined : existing.get(fold(hinted));
    const to = key.name;
    return from === undefined || to === undefined || existing.has(fold(to)) ? [] : [{ from, to }];
  });
}

function renamedKey(key: Key, names: ReadonlyMap<string, string>): Key {
  const name = (old: string | undefined): string | undefined => names.get(old ?? "") ?? old;
  if (key.kind === "unique") return { kind: "unique", unique: { ...key.unique, name: name(key.unique.name) } };
  return { kind: "index", index: { ...key.index, name: name(key.index.name) ?? key.index.name } };
}

function keysOf(table: TableState): readonly Key[] {
  return [
    ...table.uniques.map((unique): Key => ({ kind: "unique", unique })),
    ...table.indexes.map((index): Key => ({ kind: "index", index })),
  ];
}

function keyMatching(table: TableState, fold: Fold): Matching<Key> {
  return {
    name: (key) => (key.kind === "unique" ? key.unique.name : key.index.name),
    content: (key) =>
      key.kind === "unique" ? ["unique", key.unique.columns.map(fold)] : [{ ...key.index, name: undefined }],
    isUnnamed: (key) =>
      key.kind === "unique"
        ? isUnnamed(table.name, "unique", key.unique.name, key.unique.columns)
        : isUnnamed(table.name, key.index.unique ? "unique" : "index", key.index.name, indexParts(key.index)),
  };
}

function replaceKey(place: OnTable, from: Key, to: Key): Change {
  if (to.kind === "unique") return { kind: "replaceUnique", ...place, from: asUnique(from), to: to.unique };
  return { kind: "replaceIndex", ...place, from: asIndex(from), to: to.index };
}

function asUnique(key: Key): UniqueState {
  return key.kind === "unique" ? key.unique : { name: key.index.name, columns: indexParts(key.index) };
}

function asIndex(key: Key): IndexState {
  if (key.kind === "index") return key.index;
  const columns = key.unique.columns.map((column) => ({
    column,
    expression: undefined,
    order: "asc" as const,
    collation: undefined,
  }));
  const plain = { unique: true, where: undefined, method: undefined, include: [], nullsNotDistinct: false };
  return { ...plain, name: key.unique.name ?? "", columns };
}

/** A foreign key is its columns and what they point at; other actions are a change of it. */
export function diffForeignKeys(
  place: OnTable,
  actual: TableState,
  desired: TableState,
  rules: Pick<DiffRules, "foldName" | "foldAction">,
): PartDiff {
  const fold = rules.foldName;
  const sameActions = (a: ForeignKeyState, b: ForeignKeyState): boolean =>
    isSame(actionsOf(a, rules), actionsOf(b, rules));
  const left = new Set(actual.foreignKeys);
  const changes = desired.foreignKeys.flatMap((to): readonly Change[] => {
    const candidates = [...left].filter((key) => target(key, fold) === target(to, fold));
    const from = candidates.find((key) => sameActions(key, to)) ?? candidates[0];
    if (from === undefined) return [{ kind: "addForeignKey", ...place, foreignKey: to }];
    left.delete(from);
    const sameName = to.name === from.name || isUnnamed(desired.name, "foreign", to.name, to.columns);
    return sameActions(from, to) && sameName ? [] : [{ kind: "replaceForeignKey", ...place, from, to }];
  });
  const extra = [...left].map((key) => ({
    kept: kept(place, "foreign key", key.name ?? `${key.columns.join(", ")} -> ${key.references.table}`),
    drop: { kind: "dropForeignKey" as const, ...place, foreignKey: key },
  }));
  return { changes, extra };
}

function target(key: ForeignKeyState, fold: Fold): string {
  const { table, namespace, columns } = key.references;
  return JSON.stringify([key.columns.map(fold), fold(table), namespace ?? null, columns.map(fold)]);
}

function actionsOf(
  { onDelete, onUpdate, deferrable }: ForeignKeyState,
  { foldAction }: Pick<DiffRules, "foldAction">,
): object {
  const fold = foldAction ?? ((action) => action);
  return { onDelete: fold(onDelete), onUpdate: fold(onUpdate), deferrable };
}

function kept(place: OnTable, kind: string, name: string): KeptObject {
  return { kind, table: place.table, name };
}
