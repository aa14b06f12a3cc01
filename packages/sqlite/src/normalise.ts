import type { ValuePlace } from "@mortise/core/adapter";
import { declaredType, typeCheck } from "./column-ddl.ts";
import { defaultText } from "./default-text.ts";
import {
  derivedName,
  isSame,
  spelledCheck,
  type CheckState,
  type ColumnState,
  type ForeignKeyState,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { affinityOf, normalDefault, normalExpression, normalType } from "./normal-text.ts";
import { foldName, quoteName } from "./spelling.ts";

/**
 * SQLite's normal form of a state, of models and of inspection alike, so that equal things compare equal:
 * declared types, defaults and expressions in one spelling, the checks that types imply written out, plain unique indexes as
 * unique keys, and nothing that SQLite does not store.
 */
export function normaliseState(state: SchemaState): SchemaState {
  const byName = new Map(state.tables.map((table) => [foldName(table.name), table]));
  return { ...state, tables: state.tables.map((table) => normaliseTable(table, byName)), enums: [] };
}

type Tables = ReadonlyMap<string, TableState>;

function normaliseTable(table: TableState, tables: Tables): TableState {
  const names: ReadonlyMap<string, string> = new Map(table.columns.map(({ name }) => [foldName(name), name]));
  const columns = table.columns.map((column) => normaliseColumn(column, table, names));
  const collations = new Map(columns.map((column) => [foldName(column.name), column.collation]));
  const indexes = table.indexes.map((index) => normaliseIndex(index, names, collations));
  return {
    ...table,
    columns,
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: ownNames(table.primaryKey.columns, names) },
    uniques: withoutUnnamedTwins([
      ...table.uniques.map((unique) => ({ ...unique, columns: ownNames(unique.columns, names) })),
      ...indexes.flatMap(asUnique),
    ]),
    indexes: indexes.filter((index) => asUnique(index).length === 0),
    foreignKeys: table.foreignKeys.map((key) => normaliseForeignKey(key, names, tables)),
    checks: normaliseChecks(table, names),
    options: { ...table.options, engine: undefined, charset: undefined, collation: undefined },
    comment: undefined,
  };
}

/** Names are found without regard to case; the column's own spelling is kept. */
function ownNames(columns: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  return columns.map((column) => names.get(foldName(column)) ?? column);
}

function normaliseColumn(column: ColumnState, table: TableState, names: ReadonlyMap<string, string>): ColumnState {
  const place = placeOf(column, table);
  const databaseType = normalDeclared(
    column.databaseType ?? (place === undefined ? "" : declaredType(place)),
    column,
    table,
  );
  const text = column.default === undefined ? undefined : defaultText(column.default, place);
  const normal = text === undefined ? undefined : normalDefault(text, affinityOf(databaseType));
  const isKey = table.primaryKey?.columns.some((name) => foldName(name) === foldName(column.name)) === true;
  return {
    ...column,
    databaseType,
    nullable: column.nullable && !isKey,
    default: normal === undefined ? undefined : { kind: "expression", expression: normal },
    generated: column.generated && {
      expression: normalExpression(column.generated.expression, keysOf(names)),
      stored: column.generated.stored,
    },
    collation: normalCollation(column.collation),
    comment: undefined,
  };
}

function placeOf(column: ColumnState, table: TableState): ValuePlace | undefined {
  if (column.type === undefined) return undefined;
  return { type: column.type, nullable: column.nullable, model: table.name, column: column.name };
}

/** `INT` means `INTEGER`, except as the key of a table, where only `INTEGER` is the row's own number. */
function normalDeclared(declared: string, column: ColumnState, table: TableState): string {
  const [only, another] = table.primaryKey?.columns ?? [];
  const isKey = only !== undefined && another === undefined && foldName(only) === foldName(column.name);
  return isKey && /^\s*int\s*$/i.test(declared) ? "INT" : normalType(declared);
}

/** Binary order is what a column has that says nothing. */
function normalCollation(collation: string | undefined): string | undefined {
  const name = collation?.toUpperCase();
  return name === "BINARY" ? undefined : name;
}

function normaliseIndex(
  index: IndexState,
  names: ReadonlyMap<string, string>,
  collations: ReadonlyMap<string, string | undefined>,
): IndexState {
  return {
    ...index,
    columns: index.columns.map((part) => {
      if (part.column === undefined) {
        return { ...part, expression: normalExpression(part.expression ?? "", keysOf(names)), collation: undefined };
      }
      const own = collations.get(foldName(part.column));
      const asked = part.collation === undefined ? own : normalCollation(part.collation);
      const collation = asked === own ? undefined : (asked ?? "BINARY");
      return { ...part, column: names.get(foldName(part.column)) ?? part.column, collation };
    }),
    where: index.where === undefined ? undefined : normalExpression(index.where, keysOf(names)),
    method: index.method?.toLowerCase() === "btree" ? undefined : index.method,
  };
}

/**
 * A unique index over plain columns is a unique key: SQLite makes the same index for both, and Mortise writes every unique key
 * as an index, which can be made and dropped without rebuilding the table.
 */
function asUnique(index: IndexState): readonly UniqueState[] {
  const isPlain =
    index.unique &&
    index.where === undefined &&
    index.method === undefined &&
    index.include.length === 0 &&
    !index.nullsNotDistinct &&
    index.columns.every((part) => part.order === "asc" && part.collation === undefined);
  const columns = index.columns.flatMap((part) => part.column ?? []);
  return isPlain && columns.length === index.columns.length ? [{ name: index.name, columns }] : [];
}

/** `a UNIQUE, UNIQUE (a)` is one key to SQLite, too. */
function withoutUnnamedTwins(uniques: readonly UniqueState[]): readonly UniqueState[] {
  return uniques.filter(
    (unique, place) =>
      unique.name !== undefined ||
      !uniques.some((other, at) => isSame(other.columns, unique.columns) && (other.name !== undefined || at < place)),
  );
}

function normaliseForeignKey(
  key: ForeignKeyState,
  names: ReadonlyMap<string, string>,
  tables: Tables,
): ForeignKeyState {
  const target = tables.get(foldName(key.references.table));
  const columns = key.references.columns.length > 0 ? key.references.columns : (target?.primaryKey?.columns ?? []);
  const targetNames = new Map(target?.columns.map(({ name }) => [foldName(name), name]));
  return {
    ...key,
    columns: ownNames(key.columns, names),
    references: {
      table: target?.name ?? key.references.table,
      namespace: key.references.namespace,
      columns: ownNames(columns, targetNames),
    },
  };
}

/** The checks of the table and of its columns' types; one that is said twice is one. */
function normaliseChecks(table: TableState, names: ReadonlyMap<string, string>): readonly CheckState[] {
  const ofTypes = table.columns.flatMap((column) => {
    if (column.type === undefined || !column.managed) return [];
    const check = typeCheck(column.type, column.name);
    return check === undefined ? [] : [{ name: derivedName(table.name, [column.name], "check"), expression: check }];
  });
  const checks = new Map<string, CheckState>();
  for (const { name, expression } of [...table.checks.map(spelled), ...ofTypes]) {
    const normal = normalExpression(expression, keysOf(names));
    if (!checks.has(normal)) checks.set(normal, { name, expression: normal });
  }
  return [...checks.values()];
}

function spelled(check: CheckState): CheckState {
  return spelledCheck(check, quoteName);
}

function keysOf(names: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(names.keys());
}
