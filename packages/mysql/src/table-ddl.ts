import {
  derivedName,
  type CheckState,
  type ForeignKeyState,
  type IndexState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { collationName, columnDefinition } from "./column-ddl.ts";
import type { Server } from "./server.ts";
import { quoteName, quoteNames, quoteText } from "./spelling.ts";

/** The server makes its tables in the collation that compares texts exactly, unless the model asks for another one. */
export function createTable(table: TableState, server: Server): string {
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
    `COLLATE=${collationName(collation)}`,
    ...(table.comment === undefined ? [] : [`COMMENT=${quoteText(table.comment)}`]),
  ];
  return `CREATE TABLE ${tableName(table.name, table.namespace)} (\n  ${parts.join(",\n  ")}\n) ${options.join(" ")}`;
}

export function unique(table: string, { name, columns }: UniqueState): string {
  return `CONSTRAINT ${quoteName(name ?? derivedName(table, columns, "unique"))} UNIQUE KEY (${quoteNames(columns)})`;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["fulltext", "FULLTEXT "],
  ["spatial", "SPATIAL "],
]);

export function index({ name, unique: isUnique, columns, method }: IndexState): string {
  const parts = columns.map(
    ({ column, expression, order, length }) =>
      `${column === undefined ? `(${expression ?? ""})` : quoteName(column)}` +
      `${length === undefined ? "" : `(${length})`}${order === "desc" ? " DESC" : ""}`,
  );
  const kind = isUnique ? "UNIQUE " : (kinds.get(method ?? "") ?? "");
  return `${kind}INDEX ${quoteName(name)} (${parts.join(", ")})${method === "hash" ? " USING HASH" : ""}`;
}

/** The actions are always said: what goes without saying is not the same on every server. */
export function foreignKey(table: string, key: ForeignKeyState): string {
  const { references: target, onDelete, onUpdate, columns, name } = key;
  return [
    `CONSTRAINT ${quoteName(name ?? derivedName(table, columns, "foreign"))} FOREIGN KEY (${quoteNames(columns)})`,
    `REFERENCES ${tableName(target.table, target.namespace)} (${quoteNames(target.columns)})`,
    `ON DELETE ${onDelete.toUpperCase()}`,
    `ON UPDATE ${onUpdate.toUpperCase()}`,
  ].join(" ");
}

export function check({ name, expression }: CheckState): string {
  return `${name === undefined ? "" : `CONSTRAINT ${quoteName(name)} `}CHECK (${expression})`;
}

export function tableName(table: string, namespace: string | undefined): string {
  return namespace === undefined ? quoteName(table) : `${quoteName(namespace)}.${quoteName(table)}`;
}
