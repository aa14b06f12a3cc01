import { assertNever, MigrationError, UnsupportedError, type ColumnType } from "@mortise/core/adapter";
import {
  derivedName,
  isDerivedName,
  qualifiedName,
  shortHash,
  type CheckState,
  type ForeignKeyState,
  type SchemaAdapter,
  type TableState,
} from "@mortise/core/state";
import { columnKey, findTable, requireTable, withFreed, withTable, type Draft } from "./draft-state.ts";
import { changedColumn, columnOf, findColumn, insertedAt, requireColumn, withoutColumn } from "./edit-columns.ts";
import { withoutKey } from "./edit-keys.ts";
import type { CheckDraft, ColumnDraft, ForeignKeyDraft, TableEdit, TableOptionsDraft } from "./table-edit.ts";
import { placeOf, type TablePlace } from "./table-name.ts";

/** What the engine says about edits. */
export interface Engine {
  readonly schema: Pick<SchemaAdapter, "name" | "foldName" | "renameIn" | "patternCheck">;
  /** The kinds of columns that it can hold. */
  readonly columns: readonly string[];
}

/** The draft after one thing that was said of a table. */
export function editTable(draft: Draft, place: TablePlace, edits: readonly TableEdit[], engine: Engine): Draft {
  return edits.reduce((one, edit) => edited(one, place, edit, edits, engine), draft);
}

function edited(draft: Draft, place: TablePlace, edit: TableEdit, all: readonly TableEdit[], engine: Engine): Draft {
  const fold = engine.schema.foldName;
  const table = requireTable(draft.state, place, fold);
  const put = (changed: TableState): Draft => withTable(draft, table, changed);
  switch (edit.kind) {
    case "addColumn":
      return addedColumn(draft, table, edit.column, all, engine);
    case "alterColumn": {
      const column = requireColumn(table, edit.column.name, fold);
      const to = changedColumn(column, edit.column, typeOf(draft, table, edit.column, all, engine));
      const checks = table.checks.filter((check) => !isReplaced(check, table, column.name, to.type));
      return put({ ...table, checks, columns: table.columns.map((one) => (one === column ? to : one)) });
    }
    case "dropColumn": {
      const column = requireColumn(table, edit.name, fold);
      return withFreed(put(withoutColumn(table, column, engine.schema)), columnKey(table, column.name, fold));
    }
    case "renameColumn":
      return renamedColumn(draft, table, edit, engine);
    case "setPrimary":
      return put(withPrimary(table, edit.columns, edit.name, engine));
    case "dropPrimary":
      return put({ ...table, primaryKey: undefined });
    case "addIndex":
      return put({ ...table, indexes: [...table.indexes, edit.index] });
    case "renameIndex":
      return renamedIndex(draft, table, edit, engine);
    case "addUnique": {
      const name = edit.name ?? derivedName(table.name, edit.columns, "unique");
      return put({ ...table, uniques: [...table.uniques, { name, columns: edit.columns }] });
    }
    case "addForeign":
      return put({ ...table, foreignKeys: [...table.foreignKeys, foreignKeyOf(draft, table, edit.key, engine)] });
    case "addCheck":
      return put({ ...table, checks: [...table.checks, checkOf(table, edit.check, engine)] });
    case "dropIndex":
    case "dropUnique":
    case "dropForeign":
    case "dropCheck":
      return put(withoutKey(table, edit, fold));
    case "comment":
      return put({ ...table, comment: edit.text });
    case "options":
      return put({ ...table, options: { ...table.options, ...optionsOf(edit.options) } });
    default:
      return assertNever(edit);
  }
}

/** The check of a column's old type, which that of the new one replaces; the engine's own types have none. */
function isReplaced({ name }: CheckState, table: TableState, column: string, type: ColumnType | undefined): boolean {
  return type?.kind !== "specific" && name !== undefined && isDerivedName(name, table.name, [column], "check");
}

function addedColumn(
  draft: Draft,
  table: TableState,
  column: ColumnDraft,
  all: readonly TableEdit[],
  engine: Engine,
): Draft {
  const fold = engine.schema.foldName;
  if (findColumn(table, column.name, fold) !== undefined)
    throw new MigrationError(`The table "${qualifiedName(table)}" has a column "${column.name}" already.`);
  const state = columnOf(column, typeOf(draft, table, column, all, engine));
  const { position } = column;
  const next = withTable(draft, table, { ...table, columns: insertedAt(table.columns, state, position, fold) });
  if (position === undefined) return next;
  return { ...next, positions: new Map([...draft.positions, [columnKey(table, column.name, fold), position]]) };
}

/** The type that was named, or that of the column which the foreign key points at; a table that is not known has whole numbers. */
function typeOf(
  draft: Draft,
  table: TableState,
  { name, type }: ColumnDraft,
  all: readonly TableEdit[],
  engine: Engine,
): ColumnType {
  if (type !== "reference") return requireKind(type, table, name, engine);
  const key = all.flatMap((edit) =>
    edit.kind === "addForeign" && edit.key.columns.length === 1 && edit.key.columns[0] === name ? [edit.key] : [],
  )[0];
  const target = key && findTable(draft.state, placeOf(key.table), engine.schema.foldName);
  const column = target?.columns.find((one) => one.name === (key?.references[0] ?? target.primaryKey?.columns[0]));
  if (column?.type !== undefined) return column.type;
  if (column?.databaseType !== undefined) return { kind: "specific", sqlType: column.databaseType };
  return { kind: "integer", unsigned: false };
}

function requireKind(type: ColumnType, table: TableState, column: string, { columns, schema }: Engine): ColumnType {
  const missing = missingKind(type, columns);
  if (missing === undefined) return type;
  throw new UnsupportedError({
    capability: `The column type ${missing} of "${column}" of "${qualifiedName(table)}"`,
    adapter: schema.name,
    alternative: "Use another type, or specificType with the engine's own.",
    model: table.name,
    column,
  });
}

function missingKind(type: ColumnType, kinds: readonly string[]): string | undefined {
  if (!kinds.includes(type.kind)) return type.kind === "geometry" ? type.of : type.kind;
  return type.kind === "array" ? missingKind(type.inner, kinds) : undefined;
}

function renamedColumn(
  draft: Draft,
  table: TableState,
  { from, to }: { readonly from: string; readonly to: string },
  { schema }: Engine,
): Draft {
  const fold = schema.foldName;
  const column = requireColumn(table, from, fold);
  if (findColumn(table, to, fold) !== undefined)
    throw new MigrationError(`The table "${qualifiedName(table)}" has a column "${to}" already.`);
  const renamed = renamedInTable(table, column.name, to, schema);
  const columns = renamed.columns.map((one) =>
    one.name === to ? { ...one, renamedFrom: column.renamedFrom ?? column.name } : one,
  );
  const next = withTable(draft, table, { ...renamed, columns });
  const tables = next.state.tables.map((one) => pointedAt(one, table, column.name, to));
  return withFreed({ ...next, state: { ...next.state, tables } }, columnKey(table, column.name, fold));
}

function renamedInTable(table: TableState, from: string, to: string, { renameIn }: Engine["schema"]): TableState {
  const name = (column: string): string => (column === from ? to : column);
  const text = (expression: string): string => renameIn(expression, from, to);
  return {
    ...table,
    columns: table.columns.map((one) => ({
      ...one,
      name: name(one.name),
      generated: one.generated && { ...one.generated, expression: text(one.generated.expression) },
    })),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: table.primaryKey.columns.map(name) },
    uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(name) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((part) => ({
        ...part,
        column: part.column && name(part.column),
        expression: part.expression && text(part.expression),
      })),
      include: index.include.map(name),
      where: index.where && text(index.where),
    })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(name) })),
    checks: table.checks.map((check) => ({ ...check, expression: text(check.expression) })),
  };
}

/** The table with its foreign keys pointing at a column by its new name. */
function pointedAt(table: TableState, target: TableState, from: string, to: string): TableState {
  const isHere = ({ references }: ForeignKeyState): boolean =>
    references.table === target.name && references.namespace === target.namespace;
  const columns = (key: ForeignKeyState) => key.references.columns.map((column) => (column === from ? to : column));
  if (!table.foreignKeys.some(isHere)) return table;
  const foreignKeys = table.foreignKeys.map((key) =>
    isHere(key) ? { ...key, references: { ...key.references, columns: columns(key) } } : key,
  );
  return { ...table, foreignKeys };
}

function renamedIndex(
  draft: Draft,
  table: TableState,
  { from, to }: { readonly from: string; readonly to: string },
  { schema }: Engine,
): Draft {
  const isIt = ({ name }: { readonly name: string | undefined }): boolean =>
    name !== undefined && schema.foldName(name) === schema.foldName(from);
  if (![...table.indexes, ...table.uniques].some(isIt))
    throw new MigrationError(`The table "${qualifiedName(table)}" has no index or unique key "${from}" to rename.`);
  const next = withTable(draft, table, {
    ...table,
    indexes: table.indexes.map((index) => (isIt(index) ? { ...index, name: to } : index)),
    uniques: table.uniques.map((unique) => (isIt(unique) ? { ...unique, name: to } : unique)),
  });
  return { ...next, indexRenames: [...draft.indexRenames, { table: qualifiedName(table), from, to }] };
}

function withPrimary(
  table: TableState,
  columns: readonly string[],
  name: string | undefined,
  engine: Engine,
): TableState {
  const fold = engine.schema.foldName;
  const names = columns.map((column) => requireColumn(table, column, fold).name);
  return {
    ...table,
    primaryKey: { columns: names, name },
    columns: table.columns.map((one) => (names.includes(one.name) ? { ...one, nullable: false } : one)),
  };
}

function foreignKeyOf(draft: Draft, table: TableState, key: ForeignKeyDraft, engine: Engine): ForeignKeyState {
  const given = placeOf(key.table);
  const place = { name: given.name, namespace: given.namespace ?? table.namespace };
  const target = findTable(draft.state, place, engine.schema.foldName);
  const columns = key.references.length > 0 ? key.references : (target?.primaryKey?.columns ?? ["id"]);
  const { name, onDelete, onUpdate, deferrable } = key;
  const references = { table: target?.name ?? place.name, namespace: place.namespace, columns };
  return { name, columns: key.columns, references, onDelete, onUpdate, deferrable };
}

function checkOf(table: TableState, check: CheckDraft, { schema }: Engine): CheckState {
  if (check.kind === "expression") {
    const { expression, columns } = check;
    const name = check.name ?? derivedName(table.name, [shortHash(expression)], "check");
    return { name, expression, ...(columns === undefined ? {} : { columns }) };
  }
  const { column, pattern } = check;
  const expression = schema.patternCheck?.(column, pattern);
  if (expression !== undefined) return { name: check.name, expression };
  throw new UnsupportedError({
    capability: `The check that "${column}" of "${qualifiedName(table)}" matches a pattern`,
    adapter: schema.name,
  });
}

function optionsOf({
  engine,
  charset,
  collate,
  strict,
  withoutRowid,
}: TableOptionsDraft): Partial<TableState["options"]> {
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(charset === undefined ? {} : { charset }),
    ...(collate === undefined ? {} : { collation: collate }),
    ...(strict === undefined ? {} : { strict }),
    ...(withoutRowid === undefined ? {} : { withoutRowid }),
  };
}
