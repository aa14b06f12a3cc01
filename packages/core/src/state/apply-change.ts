import { assertNever } from "../operation/assert-never.ts";
import type { TableChange } from "./change.ts";
import { isSame } from "./canonical.ts";
import type { TableState } from "./schema-state.ts";

/**
 * The table as it is after a change: what a rebuilt table has to look like, and what a chain of changes comes to. Pure.
 *
 * `changedTable(table, { kind: "dropColumn", … })`
 *
 * A rename changes names only, not the expressions that use them: those are the adapter's text (see `SchemaAdapter.renameIn`).
 */
export function changedTable(table: TableState, change: TableChange): TableState {
  switch (change.kind) {
    case "renameTable":
      return { ...table, name: change.to };
    case "alterTable":
      return { ...table, options: change.to };
    case "setTableComment":
      return { ...table, comment: change.to };
    case "addColumn":
      return {
        ...table,
        columns: [...table.columns, change.column],
        foreignKeys: change.foreignKey === undefined ? table.foreignKeys : [...table.foreignKeys, change.foreignKey],
      };
    case "renameColumn":
      return renamedColumn(table, change.from, change.to);
    case "alterColumn":
      return { ...table, columns: replaced(table.columns, change.from, change.to) };
    case "dropColumn":
      return { ...table, columns: without(table.columns, change.column) };
    case "setPrimaryKey":
      return { ...table, primaryKey: change.to };
    default:
      return changedConstraints(table, change);
  }
}

type ConstraintChange = Exclude<
  TableChange,
  {
    kind:
      | "renameTable"
      | "alterTable"
      | "setTableComment"
      | "addColumn"
      | "renameColumn"
      | "alterColumn"
      | "dropColumn"
      | "setPrimaryKey";
  }
>;

function changedConstraints(table: TableState, change: ConstraintChange): TableState {
  switch (change.kind) {
    case "createIndex":
      return { ...table, indexes: [...table.indexes, change.index] };
    case "replaceIndex": {
      const uniques = table.uniques.filter(({ name }) => name !== change.from.name);
      return { ...table, uniques, indexes: [...without(table.indexes, change.from), change.to] };
    }
    case "renameIndex":
      return { ...table, uniques: renamed(table.uniques, change), indexes: renamed(table.indexes, change) };
    case "dropIndex":
      return { ...table, indexes: without(table.indexes, change.index) };
    case "addUnique":
      return { ...table, uniques: [...table.uniques, change.unique] };
    case "replaceUnique": {
      const indexes = table.indexes.filter(({ name }) => name !== change.from.name);
      return { ...table, indexes, uniques: [...without(table.uniques, change.from), change.to] };
    }
    case "dropUnique":
      return { ...table, uniques: without(table.uniques, change.unique) };
    case "addForeignKey":
      return { ...table, foreignKeys: [...table.foreignKeys, change.foreignKey] };
    case "replaceForeignKey":
      return { ...table, foreignKeys: replaced(table.foreignKeys, change.from, change.to) };
    case "dropForeignKey":
      return { ...table, foreignKeys: without(table.foreignKeys, change.foreignKey) };
    case "addCheck":
      return { ...table, checks: [...table.checks, change.check] };
    case "replaceCheck":
      return { ...table, checks: replaced(table.checks, change.from, change.to) };
    case "dropCheck":
      return { ...table, checks: without(table.checks, change.check) };
    default:
      return assertNever(change);
  }
}

function renamedColumn(table: TableState, from: string, to: string): TableState {
  const name = (column: string): string => (column === from ? to : column);
  const names = (columns: readonly string[]): readonly string[] => columns.map(name);
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: name(column.name) })),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: names(table.primaryKey.columns) },
    uniques: table.uniques.map((unique) => ({ ...unique, columns: names(unique.columns) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((part) => ({ ...part, column: part.column && name(part.column) })),
      include: names(index.include),
    })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: names(key.columns) })),
  };
}

function replaced<T>(list: readonly T[], from: T, to: T): readonly T[] {
  const at = list.findIndex((one) => isSame(one, from));
  return at === -1 ? list : list.with(at, to);
}

function without<T>(list: readonly T[], gone: T): readonly T[] {
  return list.filter((one) => !isSame(one, gone));
}

function renamed<T extends { readonly name: string | undefined }>(
  list: readonly T[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly T[] {
  return list.map((one) => (one.name === from ? { ...one, name: to } : one));
}
