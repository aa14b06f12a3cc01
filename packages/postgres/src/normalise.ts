import type { ValuePlace } from "@mortise/core/adapter";
import {
  derivedName,
  isSame,
  spelledCheck,
  type CheckState,
  type ColumnState,
  type EnumState,
  type IndexColumn,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { declaredType, typeCheck } from "./column-ddl.ts";
import { columnDefinition, createIndex, createEnum } from "./table-ddl.ts";
import { defaultText } from "./default-text.ts";
import { isText, readState } from "./introspect.ts";
import type { Session } from "./session.ts";
import { quoteName } from "./spelling.ts";

/**
 * The normal form of a state, of models and of inspection alike, so that equal things compare equal. Types, defaults, checks and
 * expressions are spelled by the server itself: the tables are made as temporary ones, read back and forgotten.
 */
export async function normaliseState(session: Session, state: SchemaState): Promise<SchemaState> {
  const written = state.tables.map((table) => (isNormal(table) ? table : inOwnSql(table)));
  const pending = written.filter((table, at) => table !== state.tables[at] || isUnsettled(table));
  const spelled = new Map<TableState, TableState>();
  for (const batch of batchesOfNames(pending)) {
    const read = await spellOnServer(session, batch);
    const unsettled = [...read.values()].filter(isUnsettled);
    const again = unsettled.length === 0 ? read : await spellOnServer(session, unsettled);
    for (const table of batch) spelled.set(table, again.get(table.name) ?? read.get(table.name) ?? table);
  }
  const tables = written.map((table) => spelled.get(table) ?? table);
  return { ...state, tables: tables.map((table) => finish(table, tables)) };
}

/** Inspection names every type as the server does. */
function isNormal(table: TableState): boolean {
  return table.columns.every((column) => column.databaseType !== undefined);
}

/** The server prints a list of values otherwise when it reads its own print: both sides are compared in the last form. */
function isUnsettled({ columns, checks, indexes }: TableState): boolean {
  const texts = [
    ...columns.map(({ generated }) => generated?.expression),
    ...checks.map(({ expression }) => expression),
    ...indexes.flatMap(({ where, columns: parts }) => [where, ...parts.map(({ expression }) => expression)]),
  ];
  return texts.some((text) => text?.includes("ARRAY[") === true);
}

/** The table in SQL of our own: declared types, defaults as text, the checks that types imply. */
function inOwnSql(table: TableState): TableState {
  const columns = table.columns.map((column) => writtenColumn(column, table));
  const implied = table.columns.flatMap((column): readonly CheckState[] => {
    const expression = column.type === undefined || !column.managed ? undefined : typeCheck(column.type, column.name);
    return expression === undefined ? [] : [{ name: derivedName(table.name, [column.name], "check"), expression }];
  });
  return { ...table, columns, checks: [...table.checks.map((check) => spelledCheck(check, quoteName)), ...implied] };
}

function writtenColumn(column: ColumnState, table: TableState): ColumnState {
  const place: ValuePlace | undefined = column.type && {
    type: column.type,
    nullable: column.nullable,
    model: table.name,
    column: column.name,
  };
  const text = column.default === undefined ? undefined : defaultText(column.default, place);
  const databaseType = column.databaseType ?? (place === undefined ? "text" : declaredType(place));
  const collation = column.collation ?? (isText(databaseType) ? table.options.collation : undefined);
  return {
    ...column,
    databaseType,
    default: text === undefined ? undefined : { kind: "expression", expression: text },
    collation: isText(databaseType) && collation === "C" ? undefined : collation,
  };
}

/** Temporary tables share one namespace, so that tables of one name take turns. */
function* batchesOfNames(tables: readonly TableState[]): Generator<readonly TableState[]> {
  let left = tables;
  while (left.length > 0) {
    const batch = new Map<string, TableState>();
    for (const table of left) if (!batch.has(table.name)) batch.set(table.name, table);
    yield [...batch.values()];
    left = left.filter((table) => batch.get(table.name) !== table);
  }
}

async function spellOnServer(
  session: Session,
  tables: readonly TableState[],
): Promise<ReadonlyMap<string, TableState>> {
  return session.transaction(async (inside) => {
    const virtual = await hasVirtualColumns(inside);
    const stored = tables.map((table) => (virtual ? table : allStored(table)));
    for (const type of enumsOf(stored)) await inside.run(createEnum({ ...type, namespace: "pg_temp" }));
    for (const [number, table] of stored.entries()) for (const sql of temporary(table, number)) await inside.run(sql);
    const read = await readState(inside, "temporary");
    const byName = new Map(read.tables.map((table) => [table.name, table]));
    return new Map(stored.map((table, number) => [table.name, merge(table, number, byName.get(table.name))]));
  }, false);
}

/** The types that columns of ours name, as they shall be. */
function enumsOf(tables: readonly TableState[]): readonly EnumState[] {
  const found = new Map<string, EnumState>();
  for (const { columns } of tables) {
    for (const { type } of columns) {
      if (type?.kind === "enum" && type.native !== undefined)
        found.set(type.native, { name: type.native, namespace: undefined, values: type.values });
    }
  }
  return [...found.values()];
}

/** Virtual columns came with PostgreSQL 18; before, what is computed is stored. */
async function hasVirtualColumns(session: Session): Promise<boolean> {
  const [[version] = []] = await session.query("select current_setting('server_version_num')::int");
  return Number(version) >= 180_000;
}

function allStored(table: TableState): TableState {
  const columns = table.columns.map((column) => ({
    ...column,
    generated: column.generated && { ...column.generated, stored: true },
  }));
  return { ...table, columns };
}

/** The table without what the server spells as we do; checks and indexes by numbers, as their names may be taken. */
function temporary(table: TableState, number: number): readonly string[] {
  const checks = table.checks.map(({ expression }, at) => `constraint c${at} check (${expression})`);
  const parts = [...table.columns.map(columnDefinition), ...checks];
  const indexes = table.indexes.map((index, at) =>
    createIndex(place(table), { ...index, name: indexName(number, at) }),
  );
  return [`create temporary table ${quoteName(table.name)} (${parts.join(", ")})`, ...indexes];
}

function place({ name }: TableState) {
  return { table: name, namespace: "pg_temp" };
}

function indexName(table: number, index: number): string {
  return `t${table}_i${index}`;
}

function merge(table: TableState, number: number, read: TableState | undefined): TableState {
  if (read === undefined) return table;
  return {
    ...table,
    columns: table.columns.map((column, at) => mergeColumn(column, read.columns[at])),
    checks: table.checks.map((check, at) => {
      const found = read.checks.find(({ name }) => name === `c${at}`);
      return { ...check, expression: found?.expression ?? check.expression };
    }),
    indexes: table.indexes.map((index, at): IndexState => {
      const found = read.indexes.find(({ name }) => name === indexName(number, at));
      return found === undefined ? index : { ...found, name: index.name };
    }),
  };
}

function mergeColumn(column: ColumnState, read: ColumnState | undefined): ColumnState {
  if (read === undefined) return column;
  const { databaseType, generated, collation } = read;
  return { ...column, databaseType, default: read.default, generated, collation };
}

function finish(table: TableState, tables: readonly TableState[]): TableState {
  return {
    ...table,
    uniques: [...table.uniques, ...table.indexes.flatMap(asUnique)],
    indexes: table.indexes.filter((index) => asUnique(index).length === 0),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      references: { ...key.references, columns: targets(key, tables) },
    })),
    checks: distinctChecks(table.checks),
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
  };
}

/** A foreign key that names no columns points at the primary key. */
function targets({ references }: TableState["foreignKeys"][number], tables: readonly TableState[]): readonly string[] {
  if (references.columns.length > 0) return references.columns;
  const target = tables.find(({ name, namespace }) => name === references.table && namespace === references.namespace);
  return target?.primaryKey?.columns ?? [];
}

/** One that is said twice is one. */
function distinctChecks(checks: readonly CheckState[]): readonly CheckState[] {
  return checks.filter((check, at) => checks.findIndex((other) => isSame(other.expression, check.expression)) === at);
}

function isPlainPart({ order, collation, nulls, operatorClass }: IndexColumn): boolean {
  return order === "asc" && [collation, nulls, operatorClass].every((one) => one === undefined);
}

/** A unique index over plain columns does what a unique key does. */
function asUnique(index: IndexState): readonly UniqueState[] {
  const isPlain =
    index.unique &&
    index.where === undefined &&
    index.method === undefined &&
    index.include.length === 0 &&
    !index.nullsNotDistinct &&
    index.columns.every(isPlainPart);
  const columns = index.columns.flatMap((part) => part.column ?? []);
  return isPlain && columns.length === index.columns.length ? [{ name: index.name, columns, asIndex: true }] : [];
}
