import {
  derivedName,
  type CheckState,
  type ColumnState,
  type ForeignKeyState,
  type IndexState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { normalType } from "./normal-text.ts";
import { quoteName, quoteNames } from "./spelling.ts";

/**
 * The statements of a table's keys and indexes. Unique keys are indexes of their own rather than part of the table: SQLite enforces both
 * alike, and an index can be dropped or replaced without rebuilding the table.
 */
export function createKeys(table: TableState): readonly string[] {
  return [
    ...table.uniques.map((unique) => createUnique(table.name, unique)),
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ];
}

/** The table alone, under a name that may not be its own yet. */
export function tableText(table: TableState, name: string): string {
  const rowKey = rowidKey(table);
  const parts = [
    ...table.columns.map((column) => columnDefinition(column, column.name === rowKey ? table.primaryKey : undefined)),
    ...(table.primaryKey !== undefined && rowKey === undefined ? [primaryKey(table.primaryKey)] : []),
    ...table.foreignKeys.map(foreignKey),
    ...table.checks.map(check),
  ];
  const options = [...(isStrict(table) ? ["STRICT"] : []), ...(table.options.withoutRowid ? ["WITHOUT ROWID"] : [])];
  return `CREATE TABLE ${quoteName(name)} (\n  ${parts.join(",\n  ")}\n)${options.length > 0 ? ` ${options.join(", ")}` : ""}`;
}

const strictTypes: ReadonlySet<string> = new Set(["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"]);

/** A table is STRICT unless its model says no or one of its types does not exist there. */
export function isStrict(table: TableState): boolean {
  return table.options.strict ?? table.columns.every((column) => isStrictType(column));
}

export function isStrictType(column: ColumnState): boolean {
  return strictTypes.has(column.databaseType ?? "");
}

/** The column that is the row's own number: the one key of a table with row numbers, of type INTEGER. */
function rowidKey(table: TableState): string | undefined {
  const [only, another] = table.primaryKey?.columns ?? [];
  if (only === undefined || another !== undefined || table.options.withoutRowid) return undefined;
  return table.columns.find((column) => column.name === only)?.databaseType === "INTEGER" ? only : undefined;
}

/**
 * AUTOINCREMENT on every increment column: without it SQLite gives the number of a deleted last row to the next one, and an
 * old link, log line or cached row then points at something else. No other engine reuses them.
 */
export function columnDefinition(column: ColumnState, rowKey: TableState["primaryKey"]): string {
  return [
    quoteName(column.name),
    typeText(column),
    rowKey === undefined
      ? ""
      : `${constraintName(rowKey.name)}PRIMARY KEY${column.autoIncrement ? " AUTOINCREMENT" : ""}`,
    column.nullable ? "" : "NOT NULL",
    column.default === undefined ? "" : `DEFAULT ${defaultClause(column)}`,
    column.collation === undefined ? "" : `COLLATE ${quoteName(column.collation)}`,
    column.generated === undefined
      ? ""
      : `GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** A type in the model's own words stands as written, even where another means the same: `INT` for `INTEGER`. */
function typeText({ type, databaseType = "" }: ColumnState): string {
  const own = type?.kind === "specific" && typeof type.sqlType === "string" ? type.sqlType : undefined;
  return own !== undefined && normalType(own) === databaseType ? own : databaseType;
}

/** A literal stands as it is; any other expression needs parentheses. */
function defaultClause({ default: state }: ColumnState): string {
  const text = state?.kind === "expression" ? state.expression : "null";
  return /^(-?[\d.]+(e[+-]?\d+)?|x?'([^']|'')*')$/i.test(text) ? text : `(${text})`;
}

function primaryKey(key: NonNullable<TableState["primaryKey"]>): string {
  return `${constraintName(key.name)}PRIMARY KEY (${quoteNames(key.columns)})`;
}

function foreignKey(key: ForeignKeyState): string {
  return `${constraintName(key.name)}FOREIGN KEY (${quoteNames(key.columns)}) ${references(key)}`;
}

export function references({ references: target, onDelete, onUpdate, deferrable }: ForeignKeyState): string {
  return [
    `REFERENCES ${quoteName(target.table)}`,
    target.columns.length > 0 ? ` (${quoteNames(target.columns)})` : "",
    onDelete === "no action" ? "" : ` ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate === "no action" ? "" : ` ON UPDATE ${onUpdate.toUpperCase()}`,
    deferrable ? " DEFERRABLE INITIALLY DEFERRED" : "",
  ].join("");
}

export function check({ name, expression }: CheckState): string {
  return `${constraintName(name)}CHECK (${expression})`;
}

export function constraintName(name: string | undefined): string {
  return name === undefined ? "" : `CONSTRAINT ${quoteName(name)} `;
}

export function createUnique(table: string, unique: UniqueState): string {
  const name = unique.name ?? derivedName(table, unique.columns, "unique");
  return `CREATE UNIQUE INDEX ${quoteName(name)} ON ${quoteName(table)} (${quoteNames(unique.columns)})`;
}

export function createIndex(table: string, index: IndexState): string {
  const parts = index.columns.map(({ column, expression, order, collation }) =>
    [
      column === undefined ? `(${expression ?? ""})` : quoteName(column),
      collation === undefined ? "" : ` COLLATE ${quoteName(collation)}`,
      order === "desc" ? " DESC" : "",
    ].join(""),
  );
  const where = index.where === undefined ? "" : ` WHERE ${index.where}`;
  return (
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quoteName(index.name)} ` +
    `ON ${quoteName(table)} (${parts.join(", ")})${where}`
  );
}
