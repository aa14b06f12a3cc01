import { assertNever } from "@mortise/core/adapter";
import {
  derivedName,
  type Change,
  type CheckState,
  type ForeignKeyState,
  type IndexState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { collationName, columnDefinition } from "./column-ddl.ts";
import type { Server } from "./server.ts";
import { quoteName, quoteNames, quoteText } from "./spelling.ts";

/** The statements that make a change. Its states are in normal form, and `supports` has let it through. */
export function renderWith(server: Server): (change: Change) => readonly string[] {
  return (change) => render(change, server);
}

function render(change: Change, server: Server): readonly string[] {
  switch (change.kind) {
    case "createTable":
      return [createTable(change.table, server)];
    case "addColumn":
      return [`${alter(change)} ADD COLUMN ${columnDefinition(change.column)}`];
    case "setTableComment":
      return [`${alter(change)} COMMENT = ${quoteText(change.to ?? "")}`];
    case "createIndex":
      return [`${alter(change)} ADD ${index(change.index)}`];
    case "replaceIndex":
      return [`${alter(change)} DROP INDEX ${quoteName(change.from.name)}, ADD ${index(change.to)}`];
    case "addUnique":
      return [`${alter(change)} ADD ${unique(change.table, change.unique)}`];
    case "replaceUnique":
      return [
        `${alter(change)} DROP INDEX ${quoteName(change.from.name ?? "")}, ADD ${unique(change.table, change.to)}`,
      ];
    case "addForeignKey":
      return [`${alter(change)} ADD ${foreignKey(change.table, change.foreignKey)}`];
    case "replaceForeignKey":
      return [
        `${alter(change)} DROP FOREIGN KEY ${quoteName(change.from.name ?? "")}`,
        `${alter(change)} ADD ${foreignKey(change.table, change.to)}`,
      ];
    case "addCheck":
      return [`${alter(change)} ADD ${check(change.check)}`];
    case "replaceCheck":
      return [`${alter(change)} DROP CONSTRAINT ${quoteName(change.from.name ?? "")}, ADD ${check(change.to)}`];
    case "renameTable":
    case "renameColumn":
    case "alterTable":
    case "alterColumn":
    case "setPrimaryKey":
      return [];
    default:
      return assertNever(change);
  }
}

/** The server makes its tables in the collation that compares texts exactly, unless the model asks for another one. */
function createTable(table: TableState, server: Server): string {
  const parts = [
    ...table.columns.map(columnDefinition),
    ...(table.primaryKey === undefined ? [] : [`PRIMARY KEY (${quoteNames(table.primaryKey.columns)})`]),
    ...table.uniques.map((one) => unique(table.name, one)),
    ...table.indexes.map(index),
    ...table.foreignKeys.map((one) => foreignKey(table.name, one)),
    ...table.checks.map(check),
  ];
  const { engine = "InnoDB", collation = server.collation } = table.options;
  const options = [
    `ENGINE=${collationName(engine)}`,
    `DEFAULT CHARSET=utf8mb4 COLLATE=${collationName(collation)}`,
    ...(table.comment === undefined ? [] : [`COMMENT=${quoteText(table.comment)}`]),
  ];
  return `CREATE TABLE ${tableName(table.name, table.namespace)} (\n  ${parts.join(",\n  ")}\n) ${options.join(" ")}`;
}

function unique(table: string, { name, columns }: UniqueState): string {
  return `CONSTRAINT ${quoteName(name ?? derivedName(table, columns, "unique"))} UNIQUE KEY (${quoteNames(columns)})`;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["fulltext", "FULLTEXT "],
  ["spatial", "SPATIAL "],
]);

function index({ name, unique: isUnique, columns, method }: IndexState): string {
  const parts = columns.map(
    ({ column, expression, order }) =>
      `${column === undefined ? `(${expression ?? ""})` : quoteName(column)}${order === "desc" ? " DESC" : ""}`,
  );
  const kind = isUnique ? "UNIQUE " : (kinds.get(method ?? "") ?? "");
  return `${kind}INDEX ${quoteName(name)} (${parts.join(", ")})${method === "hash" ? " USING HASH" : ""}`;
}

function foreignKey(table: string, key: ForeignKeyState): string {
  const { references: target, onDelete, onUpdate, columns, name } = key;
  return [
    `CONSTRAINT ${quoteName(name ?? derivedName(table, columns, "foreign"))} FOREIGN KEY (${quoteNames(columns)})`,
    `REFERENCES ${tableName(target.table, target.namespace)} (${quoteNames(target.columns)})`,
    onDelete === "no action" ? "" : `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate === "no action" ? "" : `ON UPDATE ${onUpdate.toUpperCase()}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function check({ name, expression }: CheckState): string {
  return `${name === undefined ? "" : `CONSTRAINT ${quoteName(name)} `}CHECK (${expression})`;
}

function alter({ table, namespace }: { readonly table: string; readonly namespace: string | undefined }): string {
  return `ALTER TABLE ${tableName(table, namespace)}`;
}

function tableName(table: string, namespace: string | undefined): string {
  return namespace === undefined ? quoteName(table) : `${quoteName(namespace)}.${quoteName(table)}`;
}
