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
    unmanaged: [
      ...catalogue.tables.filter(({ kind }) => kind !== "table").map(({ kind, name }) => ({ kind, name })),
      ...catalogue.others,
    ],
  };
}

function tableState(table: TableRow, catalogue: Catalogue, server: Server): TableState {
  const parts = Map.groupBy(catalogue.indexParts.get(table.name) ?? [], (part) => part.index);
  const foreignKeys = foreignKeyStates(catalogue.foreignKeys.get(table.name) ?? [], catalogue.database);
  const checks = catalogue.checks.get(table.name) ?? [];
  const json = new Set(server.jsonType ? [] : checks.flatMap(({ expression }) => jsonColumn(expression) ?? []));
  const key = parts.get("PRIMARY");
  const indexes = [...parts.values()].filter(([first]) => first?.index !== "PRIMARY");
  return {
    name: table.name,
    namespace: undefined,
    columns: (catalogue.columns.get(table.name) ?? []).map((column) =>
      columnState(column, server, json, table.collation),
    ),
    primaryKey: key && { columns: key.flatMap((part) => part.column ?? []), name: undefined },
    uniques: indexes.filter(isUniqueKey).map(uniqueState),
    indexes: indexes.filter((index) => !isUniqueKey(index) && !servesForeignKey(index, foreignKeys)).map(indexState),
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
    unmanaged: unmanagedOf(table, catalogue),
  };
}

/** The column of ``json_valid(`meta`)``, by which MariaDB marks a text as JSON. */
function jsonColumn(expression: string): string | undefined {
  return /^\s*json_valid\(`((?:[^`]|``)*)`\)\s*$/i.exec(expression)?.[1]?.replaceAll("``", "`");
}

/** `own` is the collation of the table. */
export function columnState(row: ColumnRow, server: Server, json: ReadonlySet<string>, own: string): ColumnState {
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
    collation: isOwnCollation(row, server, json, own) ? undefined : row.collation,
    comment: row.comment === "" ? undefined : row.comment,
    renamedFrom: undefined,
    managed: true,
  };
}

/** In a table of ours the collation of ours goes without saying. */
function isOwnCollation(row: ColumnRow, server: Server, json: ReadonlySet<string>, own: string): boolean {
  const isOurs = row.collation === server.collation && own === server.collation;
  return row.collation === "" || isOurs || json.has(row.name);
}

/** What an update sets a column to belongs to its default, as in the server's own grammar. */
function defaultState(row: ColumnRow, server: Server): DefaultState | undefined {
  const state = plainDefault(row, server);
  const renewed = /\bon update (current_timestamp)(\(\d*\))?/i.exec(row.extra);
  if (renewed === null) return state;
  const precision = /\d/.test(renewed[2] ?? "") ? renewed[2] : "";
  const given = state?.kind === "expression" ? state.expression : "null";
  return { kind: "expression", expression: `${given} on update current_timestamp${precision}` };
}

/** A value stands quoted, bits and bytes as the server writes them, an expression as it prints it. */
function plainDefault({ default: value, extra, type }: ColumnRow, server: Server): DefaultState | undefined {
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
  return index.every((part) => part.unique && isWhole(part) && !part.descending && part.method === "BTREE");
}

function isWhole({ column, length }: IndexPartRow): boolean {
  return column !== undefined && length === undefined;
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
      columns.every((column, at) => column === index[at]?.column && index[at].length === undefined),
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

function indexColumn({ column, expression, descending, length }: IndexPartRow): IndexColumn {
  return {
    column,
    expression: expression === undefined ? undefined : normalExpression(expression),
    order: descending ? "desc" : "asc",
    collation: undefined,
    length,
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

function actionOf(rule: string): ReferenceAction {
  switch (rule.toUpperCase()) {
    case "CASCADE":
      return "cascade";
    case "SET NULL":
      return "set null";
    case "SET DEFAULT":
      return "set default";
    case "RESTRICT":
      return "restrict";
    default:
      return "no action";
  }
}

function unmanagedOf({ name }: TableRow, { triggers, checks, partitioned }: Catalogue): readonly UnmanagedState[] {
  return [
    ...(partitioned.has(name) ? [{ kind: "partitioning", name }] : []),
    ...(triggers.get(name) ?? []).map((trigger) => ({ kind: "trigger", name: trigger })),
    ...(checks.get(name) ?? [])
      .filter(({ enforced }) => !enforced)
      .map((check) => ({ kind: "check that is not enforced", name: check.name })),
  ];
}
