import type {
  ColumnState,
  IndexColumn,
  IndexState,
  SchemaState,
  TableState,
  UnmanagedState,
} from "@mortise/core/state";
import { parseIndex } from "./parse-index.ts";
import { parseTable, type ParsedTable } from "./parse-table.ts";
import {
  readCatalogue,
  type Catalogue,
  type ColumnRow,
  type ForeignKeyRow,
  type IndexPartRow,
  type ObjectRow,
} from "./catalogue.ts";
import type { Session } from "./session.ts";
import { foldName } from "./spelling.ts";

/**
 * Reads every table of a SQLite database. Pragmas tell the columns and indexes; checks, names, collations and the like
 * are only in the text of CREATE TABLE. What a state has no word for is listed as `unmanaged`.
 */
export async function inspect(session: Session): Promise<SchemaState> {
  const catalogue = await readCatalogue(session);
  const tables = catalogue.objects.filter((object) => object.type === "table" && object.kind === "table");
  return {
    tables: tables.map((table) => tableState(table, catalogue)),
    enums: [],
    unmanaged: catalogue.objects.flatMap(unmanagedObject),
  };
}

function unmanagedObject({ type, kind, name, sql }: ObjectRow): readonly UnmanagedState[] {
  if (type === "view") return [{ kind: "view", name, definition: sql ?? "" }];
  if (kind === "virtual") return [{ kind: "virtual table", name }];
  if (kind === "shadow") return [{ kind: "shadow table", name }];
  return [];
}

function tableState(table: ObjectRow, catalogue: Catalogue): TableState {
  const parsed = parseTable(table.sql ?? "");
  const rows = catalogue.columns.get(table.name) ?? [];
  const key = rows.filter((row) => row.key > 0).toSorted((a, b) => a.key - b.key);
  return {
    name: table.name,
    namespace: undefined,
    columns: rows.map((row, index) => columnState(row, parsed, index)),
    primaryKey: key.length === 0 ? undefined : { columns: key.map((row) => row.name), name: parsed.primaryKeyName },
    uniques: parsed.uniques,
    indexes: indexStates(table, catalogue),
    foreignKeys: parsed.foreignKeys.map((parsedKey) => ({
      name: parsedKey.name,
      columns: parsedKey.columns,
      references: { table: parsedKey.table, namespace: undefined, columns: parsedKey.references },
      onDelete: parsedKey.onDelete,
      onUpdate: parsedKey.onUpdate,
      deferrable: parsedKey.deferrable,
    })),
    checks: parsed.checks,
    options: {
      strict: table.strict,
      withoutRowid: table.withoutRowid,
      engine: undefined,
      charset: undefined,
      collation: undefined,
    },
    comment: undefined,
    renamedFrom: undefined,
    unmanaged: [
      ...unmanagedOf(table, parsed, catalogue),
      ...nullableKeys(table, key, parsed).map((name) => ({ kind: "nullable primary key", name })),
    ],
  };
}

/** The parsed columns are in the order of the table, as the pragma's are. */
function columnState(row: ColumnRow, parsed: ParsedTable, index: number): ColumnState {
  const text = parsed.columns[index];
  return {
    name: row.name,
    type: undefined,
    databaseType: text?.type ?? row.type,
    nullable: !row.notNull && row.key === 0,
    default: row.default === null ? undefined : { kind: "expression", expression: row.default },
    autoIncrement: text?.autoIncrement ?? false,
    generated: text?.generated,
    collation: text?.collation,
    comment: undefined,
    renamedFrom: undefined,
    managed: true,
  };
}

/**
 * The key columns that may hold nulls. SQLite allows that in tables that are neither STRICT nor WITHOUT ROWID, except where
 * `INTEGER PRIMARY KEY` is the row's own number. A schema has no word for such a key, so it is reported beside the state.
 */
function nullableKeys(table: ObjectRow, key: readonly ColumnRow[], parsed: ParsedTable): readonly string[] {
  const [only, another] = key;
  const descending = parsed.notes.some((note) => /^primary key \(.* DESC\)$/i.test(note));
  const isRowNumber = another === undefined && only?.type.toUpperCase() === "INTEGER" && !descending;
  if (isRowNumber || table.withoutRowid) return [];
  return key.filter((row) => !row.notNull).map((row) => row.name);
}

function indexStates(table: ObjectRow, catalogue: Catalogue): readonly IndexState[] {
  return (catalogue.onTable.get(table.name) ?? []).flatMap((index) => {
    if (index.type !== "index" || index.sql === null) return [];
    const parsed = parseIndex(index.sql);
    const parts = catalogue.indexParts.get(index.name) ?? [];
    return {
      name: index.name,
      unique: parts[0]?.unique ?? false,
      columns: parts.map((part, position) => indexColumn(part, parsed.parts[position])),
      where: parsed.where,
      method: undefined,
      include: [],
      nullsNotDistinct: false,
    };
  });
}

function indexColumn(part: IndexPartRow, text: string | undefined): IndexColumn {
  const order = part.descending ? "desc" : "asc";
  if (part.name === null) return { column: undefined, expression: text, order, collation: undefined };
  return { column: part.name, expression: undefined, order, collation: part.collation };
}

/** What the text says and a state does not, and a warning where the text and the pragmas disagree. */
function unmanagedOf(table: ObjectRow, parsed: ParsedTable, catalogue: Catalogue): readonly UnmanagedState[] {
  const triggers = (catalogue.onTable.get(table.name) ?? []).filter((object) => object.type === "trigger");
  return [
    ...triggers.map(({ name, sql }) => ({ kind: "trigger", name, definition: sql ?? "" })),
    ...parsed.notes.map((note) => ({ kind: "clause", name: note })),
    ...misreadings(table, parsed, catalogue).map((what) => ({ kind: "not understood", name: what })),
  ];
}

/** SQLite's own count of things against ours: a table that was read wrongly must not be changed on that ground. */
function misreadings(table: ObjectRow, parsed: ParsedTable, catalogue: Catalogue): readonly string[] {
  const columns = catalogue.columns.get(table.name) ?? [];
  const keys = new Set((catalogue.foreignKeys.get(table.name) ?? []).map((row: ForeignKeyRow) => row.id));
  const sameColumns =
    columns.length === parsed.columns.length &&
    columns.every((row, index) => foldName(row.name) === foldName(parsed.columns[index]?.name ?? ""));
  return [
    ...(sameColumns ? [] : ["its columns"]),
    ...(keys.size === parsed.foreignKeys.length ? [] : ["its foreign keys"]),
  ];
}
