import type { ValuePlace } from "@mortise/core/adapter";
import {
  spelledCheck,
  type CheckState,
  type ColumnState,
  type IndexColumn,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { declaredType } from "./column-ddl.ts";
import { defaultText } from "./default-text.ts";
import { cataloguedType } from "./normal-text.ts";
import type { Server } from "./server.ts";
import type { Session } from "./session.ts";
import { asStored } from "./shadow-table.ts";
import { foldName, quoteName } from "./spelling.ts";

/**
 * The server's normal form of a state. Types are spelled by us; defaults, checks and generated columns in the words of the server, which
 * is shown them in a temporary table. What came from inspection is in normal form already.
 */
export async function normaliseState(state: SchemaState, session: Session, server: Server): Promise<SchemaState> {
  const isNormal = ({ columns }: TableState): boolean =>
    columns.every((column) => column.type === undefined || column.databaseType !== undefined);
  if (state.tables.every(isNormal)) return { ...state, enums: [] };
  const collations = await tableCollations(session);
  const tables: TableState[] = [];
  for (const table of state.tables) {
    const there = collations.get(foldName(table.name)) ?? collations.get(foldName(table.renamedFrom ?? ""));
    tables.push(isNormal(table) ? table : await normaliseTable(table, session, server, there));
  }
  return { ...state, tables, enums: [] };
}

/** The collations of the tables that are there: what a new text of theirs gets where nothing is said. */
async function tableCollations(session: Session): Promise<ReadonlyMap<string, string>> {
  const rows = await session.query(
    "select table_name, table_collation from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'",
    2,
  );
  return new Map(rows.map(([name, collation]) => [foldName(String(name)), String(collation)]));
}

/** `there` is the collation of the table where it is made already. */
async function normaliseTable(
  table: TableState,
  session: Session,
  server: Server,
  there: string | undefined,
): Promise<TableState> {
  const own = table.options.collation ?? there ?? server.collation;
  const spelled = {
    ...table,
    columns: table.columns.map((column) => spelledColumn(column, table, own, server)),
    checks: table.checks.map((check) => spelledCheck(check, quoteName)),
  };
  const stored = await asStored(spelled, session, server);
  const names: ReadonlyMap<string, string> = new Map(table.columns.map(({ name }) => [foldName(name), name]));
  const { engine, collation } = table.options;
  return {
    ...spelled,
    columns: stored.columns,
    checks: distinctChecks(stored.checks),
    primaryKey: table.primaryKey && { name: undefined, columns: ownNames(table.primaryKey.columns, names) },
    uniques: [
      ...table.uniques.map((unique) => ({ ...unique, columns: ownNames(unique.columns, names) })),
      ...table.indexes.flatMap(asUnique),
    ],
    indexes: table.indexes.filter((index) => asUnique(index).length === 0).map(normaliseIndex),
    options: {
      strict: undefined,
      withoutRowid: false,
      engine: engine === undefined || /^innodb$/i.test(engine) ? undefined : engine,
      charset: undefined,
      collation: collation === server.collation ? undefined : collation,
    },
  };
}

function ownNames(columns: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  return columns.map((column) => names.get(foldName(column)) ?? column);
}

/** A column with its type and its default as SQL. */
function spelledColumn(column: ColumnState, table: TableState, own: string, server: Server): ColumnState {
  const place = placeOf(column, table);
  const declared = column.databaseType ?? (place === undefined ? "" : declaredType(place));
  const value = column.default === undefined ? undefined : defaultText(column.default, place);
  return {
    ...column,
    databaseType: cataloguedType(declared),
    default: value === undefined ? undefined : { kind: "expression", expression: value },
    collation: collationOf(column, declared, own, server),
    comment: column.comment === "" ? undefined : column.comment,
  };
}

/** Texts sort as their table does (`own`), unless they say otherwise. */
function collationOf({ collation }: ColumnState, declared: string, own: string, server: Server): string | undefined {
  const asked = collation ?? (/^((var)?char|(tiny|medium|long)?text|enum|set)\b/i.test(declared) ? own : undefined);
  return asked === server.collation && own === server.collation ? undefined : asked;
}

function placeOf(column: ColumnState, table: TableState): ValuePlace | undefined {
  if (column.type === undefined || !column.managed) return undefined;
  return { type: column.type, nullable: column.nullable, model: table.name, column: column.name };
}

function distinctChecks(checks: readonly CheckState[]): readonly CheckState[] {
  const byText = new Map<string, CheckState>();
  for (const check of checks) if (!byText.has(check.expression)) byText.set(check.expression, check);
  return [...byText.values()];
}

/** A unique index over plain columns is a unique key: to the server both are one thing. */
function asUnique(index: IndexState): readonly UniqueState[] {
  const isPlain =
    index.unique &&
    index.where === undefined &&
    (index.method === undefined || index.method === "btree") &&
    index.include.length === 0 &&
    !index.nullsNotDistinct &&
    index.columns.every((part) => isPlainPart(part));
  return isPlain ? [{ name: index.name, columns: index.columns.flatMap((part) => part.column ?? []) }] : [];
}

function isPlainPart({ column, order, collation, length }: IndexColumn): boolean {
  return column !== undefined && order === "asc" && collation === undefined && length === undefined;
}

function normaliseIndex(index: IndexState): IndexState {
  return { ...index, method: index.method?.toLowerCase() === "btree" ? undefined : index.method?.toLowerCase() };
}
