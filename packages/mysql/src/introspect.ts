import type { ReferenceAction } from "@mortise/core/adapter";
import type {
  ColumnState,
  DefaultState,
  ForeignKeyState,
  IndexColumn,
  IndexState,
  SchemaState,
  TableState,
  UniqueState,
  UnmanagedState,
} from "@mortise/core/state";
import {
  readCatalogue,
  type Catalogue,
  type ColumnRow,
  type ForeignKeyRow,
  type IndexPartRow,
  type TableRow,
} from "./catalogue.ts";
import { normalExpression, normalType } from "./normal-text.ts";
import type { Server } from "./server.ts";
import type { Session } from "./session.ts";
import { quoteText, unquotedText } from "./spelling.ts";

/** Reads every table of the connection's database. What a state has no word for is listed as `unmanaged`. */
export async function inspect(session: Session, server: Server): Promise<SchemaState> {
  const catalogue = await readCatalogue(session, server);
  return {
    tables: catalogue.tables
      .filter(({ kind }) => kind === "table")
      .map((table) => tableState(table, catalogue, server)),
    enums: [],
    unmanaged: catalogue.tables.filter(({ kind }) => kind !== "table").map(({ kind, name }) => ({ kind, name })),
  };
}

function tableState(table: TableRow, catalogue: Catalogue, server: Server): TableState {
  const parts = Map.groupBy(catalogue.indexParts.get(table.name) ?? [], (part) => part.index);
  const foreignKeys = foreignKeyStates(catalogue.foreignKeys.get(table.name) ?? [], catalogue.database);
  const checks = catalogue.checks.get(table.name) ?? [];
  const json = new Set(server.jsonType ? [] : checks.flatMap(({ expression }) => jsonColumn(expression) ?? []));
  const key = parts.get("PRIMARY");
  const indexes = [...parts.values()].filter(([first]) => first?.index !== "PRIMARY");
  const plain = indexes.filter((index) => !index.some((part) => part.prefix));
  return {
    name: table.name,
    namespace: undefined,
    columns: (catalogue.columns.get(table.name) ?? []).map((column) => columnState(column, server, json)),
    primaryKey: key && { columns: key.flatMap((part) => part.column ?? []), name: undefined },
    uniques: plain.filter(isUniqueKey).map(uniqueState),
    indexes: plain.filter((index) => !isUniqueKey(index) && !servesForeignKey(index, foreignKeys)).map(indexState),
    foreignKeys,
    checks: checks
      .filter(({ expression, enforced }) => enforced && !json.has(jsonColumn(expression) ?? ""))
      .map(({ name, expression }) => ({ name, expression: normalExpression(expression) })),
    options: {
      strict: undefined,
      withoutRowid: false,
      engine: table.engine === "InnoDB" ? undefined : table.engine,
      charset: undefined,
      collation: table.collation === server.collation ? undefined : table.collation,
    },
    comment: table.comment === "" ? undefined : table.comment,
    renamedFrom: undefined,
    unmanaged: unmanagedOf(table, catalogue, indexes),
  };
}

/** The column of ``json_valid(`meta`)``, by which MariaDB marks a text as JSON. */
function jsonColumn(expression: string): string | undefined {
  return /^\s*json_valid\(`((?:[^`]|``)*)`\)\s*$/i.exec(expression)?.[1]?.replaceAll("``", "`");
}

export function columnState(row: ColumnRow, server: Server, json: ReadonlySet<string>): ColumnState {
  const isGenerated = row.generated !== "";
  const type = normalType(row.type);
  return {
    name: row.name,
    type: undefined,
    databaseType: type === "longtext" && json.has(row.name) ? "json" : type,
    nullable: row.nullable,
    default: isGenerated ? undefined : defaultState(row, server),
    autoIncrement: /auto_increment/i.test(row.extra),
    generated: isGenerated
      ? { expression: normalExpression(row.generated), stored: /stored|persistent/i.test(row.extra) }
      : undefined,
    collation: isOwnCollation(row, server, json) ? undefined : row.collation,
    comment: row.comment === "" ? undefined : row.comment,
    renamedFrom: undefined,
    managed: true,
  };
}

function isOwnCollation(row: ColumnRow, server: Server, json: ReadonlySet<string>): boolean {
  return row.collation === "" || row.collation === server.collation || json.has(row.name);
}

/** A value stands quoted, bits and bytes as the server writes them, an expression as it prints it. */
function defaultState({ default: value, extra, type }: ColumnRow, server: Server): DefaultState | undefined {
  if (value === undefined || (server.defaultsAsSql && value.toUpperCase() === "NULL")) return undefined;
  const expression = (text: string): DefaultState => ({ kind: "expression", expression: text });
  if (/^bit/i.test(type) && /^b'[01]*'$/i.test(value)) return expression(value.toLowerCase());
  const isNumber = /^-?[\d.]+(e[+-]?\d+)?$/i.test(value);
  const quoted = server.defaultsAsSql && !isNumber ? unquotedText(value) : value;
  const isExpression = quoted === undefined || /default_generated/i.test(extra);
  if (isExpression) return expression(normalExpression(value));
  return expression(/^(var)?binary/i.test(type) ? bytesText(quoted) : quoteText(quoted));
}

/** Bytes are told as text or in hexadecimal, depending on where one looks. */
function bytesText(value: string): string {
  if (/^0x[\da-f]*$/i.test(value)) return value.toLowerCase();
  return `0x${Buffer.from(value).toString("hex")}`;
}

function isUniqueKey(index: readonly IndexPartRow[]): boolean {
  return index.every((part) => part.unique && part.column !== undefined && !part.descending && part.method === "BTREE");
}

function uniqueState(index: readonly IndexPartRow[]): UniqueState {
  return { name: index[0]?.index, columns: index.flatMap((part) => part.column ?? []) };
}

/** The server makes an index of its own for a foreign key that has none. */
function servesForeignKey(index: readonly IndexPartRow[], keys: readonly ForeignKeyState[]): boolean {
  return keys.some(
    ({ name, columns }) =>
      name === index[0]?.index &&
      columns.length === index.length &&
      columns.every((column, at) => column === index[at]?.column),
  );
}

function indexState(index: readonly IndexPartRow[]): IndexState {
  const [first] = index;
  return {
    name: first?.index ?? "",
    unique: first?.unique ?? false,
    columns: index.map(indexColumn),
    where: undefined,
    method: first === undefined || first.method === "BTREE" ? undefined : first.method.toLowerCase(),
    include: [],
    nullsNotDistinct: false,
  };
}

function indexColumn({ column, expression, descending }: IndexPartRow): IndexColumn {
  return {
    column,
    expression: expression === undefined ? undefined : normalExpression(expression),
    order: descending ? "desc" : "asc",
    collation: undefined,
  };
}

function foreignKeyStates(rows: readonly ForeignKeyRow[], database: string): readonly ForeignKeyState[] {
  const keys = Map.groupBy(rows, (row) => row.name);
  return [...keys].flatMap(([name, parts]): readonly ForeignKeyState[] => {
    const [first] = parts;
    if (first === undefined) return [];
    const namespace = first.namespace === database ? undefined : first.namespace;
    return [
      {
        name,
        columns: parts.map((part) => part.column),
        references: { table: first.table, namespace, columns: parts.map((part) => part.references) },
        onDelete: actionOf(first.onDelete),
        onUpdate: actionOf(first.onUpdate),
        deferrable: false,
      },
    ];
  });
}

/** `restrict` and `no action` are one thing here. */
function actionOf(rule: string): ReferenceAction {
  switch (rule.toUpperCase()) {
    case "CASCADE":
      return "cascade";
    case "SET NULL":
      return "set null";
    case "SET DEFAULT":
      return "set default";
    default:
      return "no action";
  }
}

function unmanagedOf(
  { name }: TableRow,
  { triggers, checks }: Catalogue,
  indexes: readonly (readonly IndexPartRow[])[],
): readonly UnmanagedState[] {
  const prefixed = indexes.filter((index) => index.some((part) => part.prefix));
  return [
    ...(triggers.get(name) ?? []).map((trigger) => ({ kind: "trigger", name: trigger })),
    ...(checks.get(name) ?? [])
      .filter(({ enforced }) => !enforced)
      .map((check) => ({ kind: "check that is not enforced", name: check.name })),
    ...prefixed.map((index) => ({ kind: "index of prefixes", name: index[0]?.index ?? "" })),
  ];
}
