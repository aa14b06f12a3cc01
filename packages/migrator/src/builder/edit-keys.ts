import { MigrationError } from "@mortise/core/adapter";
import { derivedName, isSame, qualifiedName, type NameSuffix, type TableState } from "@mortise/core/state";
import type { KeyChoice, TableEdit } from "./table-edit.ts";

type Fold = (name: string) => string;
type DropKey = Extract<TableEdit, { readonly choice: KeyChoice }>;

interface Named {
  readonly name: string | undefined;
}

/** The table without a key or a check that is named by its name, or by its columns. */
export function withoutKey(table: TableState, edit: DropKey, fold: Fold): TableState {
  switch (edit.kind) {
    case "dropIndex": {
      const uniques = withoutOne(table, table.uniques, edit, fold, "index", ({ columns }) => columns, true);
      if (uniques !== undefined) return { ...table, uniques };
      const columns = (index: TableState["indexes"][number]) => index.columns.flatMap((part) => part.column ?? []);
      return {
        ...table,
        indexes: required(table, edit, withoutOne(table, table.indexes, edit, fold, "index", columns)),
      };
    }
    case "dropUnique": {
      const uniques = withoutOne(table, table.uniques, edit, fold, "unique", ({ columns }) => columns);
      if (uniques !== undefined) return { ...table, uniques };
      const columns = (index: TableState["indexes"][number]) =>
        index.unique ? index.columns.flatMap((part) => part.column ?? []) : [];
      return {
        ...table,
        indexes: required(table, edit, withoutOne(table, table.indexes, edit, fold, "unique", columns)),
      };
    }
    case "dropForeign": {
      const left = withoutOne(table, table.foreignKeys, edit, fold, "foreign", ({ columns }) => columns);
      return { ...table, foreignKeys: required(table, edit, left) };
    }
    case "dropCheck": {
      const named = withoutOne(table, table.checks, edit, fold, "check", () => []);
      const left = named ?? table.checks.filter(({ expression }) => expression !== edit.name);
      return { ...table, checks: required(table, edit, left.length < table.checks.length ? left : undefined) };
    }
  }
}

/** The list without the one that is meant; `undefined` when none is. A name counts before columns. */
function withoutOne<T extends Named>(
  table: TableState,
  list: readonly T[],
  { choice, name }: DropKey,
  fold: Fold,
  suffix: NameSuffix,
  columnsOf: (one: T) => readonly string[],
  byNameOnly = false,
): readonly T[] | undefined {
  const columns = typeof choice === "string" ? [choice] : choice;
  const isCalled = (wanted: string) => (one: T) => one.name !== undefined && fold(one.name) === fold(wanted);
  const isOver = (one: T): boolean => columns.length > 0 && isSame(columnsOf(one).map(fold), columns.map(fold));
  const found =
    name === undefined
      ? ((typeof choice === "string" ? list.find(isCalled(choice)) : undefined) ??
        (byNameOnly ? undefined : (list.find(isCalled(derivedName(table.name, columns, suffix))) ?? list.find(isOver))))
      : list.find(isCalled(name));
  return found === undefined ? undefined : list.filter((one) => one !== found);
}

const words = {
  dropIndex: "index",
  dropUnique: "unique key",
  dropForeign: "foreign key",
  dropCheck: "check",
} as const;

function required<T>(table: TableState, edit: DropKey, left: T | undefined): T {
  if (left !== undefined) return left;
  const said = edit.name ?? (typeof edit.choice === "string" ? edit.choice : edit.choice.join(", "));
  throw new MigrationError(`The table "${qualifiedName(table)}" has no ${words[edit.kind]} "${said}" to drop.`);
}
