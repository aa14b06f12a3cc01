import { assertNever } from "@mortise/core/adapter";
import type { Change, ColumnState, ForeignKeyState, TableState } from "@mortise/core/state";
import { rebuildTable } from "./rebuild-table.ts";
import { quoteName } from "./spelling.ts";
import {
  check,
  columnDefinition,
  constraintName,
  createIndex,
  createKeys,
  createUnique,
  references,
  tableText,
} from "./table-ddl.ts";

/** The statements that make a change. Its states are in normal form, and `supports` has let it through. */
export function render(change: Change): readonly string[] {
  switch (change.kind) {
    case "createTable":
      return createTable(change.table);
    case "addColumn":
      return [`${alter(change.table)} ADD COLUMN ${addedColumn(change.column, change.foreignKey)}`];
    case "createIndex":
      return [createIndex(change.table, change.index)];
    case "replaceIndex":
      return [dropIndex(change.from.name), createIndex(change.table, change.to)];
    case "addUnique":
      return [createUnique(change.table, change.unique)];
    case "replaceUnique":
      return [dropIndex(change.from.name ?? ""), createUnique(change.table, change.to)];
    case "addCheck":
      return [`${alter(change.table)} ADD ${check(change.check)}`];
    case "replaceCheck":
      return [
        `${alter(change.table)} DROP CONSTRAINT ${quoteName(change.from.name ?? "")}`,
        `${alter(change.table)} ADD ${check(change.to)}`,
      ];
    case "dropTable":
      return [`DROP TABLE ${quoteName(change.table.name)}`];
    case "changeTable":
      return rebuildTable(change);
    case "renameTable":
      return [`${alter(change.from)} RENAME TO ${quoteName(change.to)}`];
    case "renameColumn":
      return [`${alter(change.table)} RENAME COLUMN ${quoteName(change.from)} TO ${quoteName(change.to)}`];
    case "dropIndex":
      return [dropIndex(change.index.name)];
    case "dropCheck":
      return [`${alter(change.table)} DROP CONSTRAINT ${quoteName(change.check.name ?? "")}`];
    case "renameIndex":
    case "dropColumn":
    case "dropUnique":
    case "alterTable":
    case "alterColumn":
    case "setTableComment":
    case "setPrimaryKey":
    case "addForeignKey":
    case "replaceForeignKey":
    case "dropForeignKey":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return [];
    default:
      return assertNever(change);
  }
}

function createTable(table: TableState): readonly string[] {
  return [tableText(table, table.name), ...createKeys(table)];
}

function addedColumn(column: ColumnState, key: ForeignKeyState | undefined): string {
  const definition = columnDefinition(column, undefined);
  return key === undefined ? definition : `${definition} ${constraintName(key.name)}${references(key)}`;
}

function alter(table: string): string {
  return `ALTER TABLE ${quoteName(table)}`;
}

function dropIndex(name: string): string {
  return `DROP INDEX ${quoteName(name)}`;
}
