import {
  derivedName,
  type ColumnState,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { databaseType } from "./bson-type.ts";

/**
 * MongoDB's normal form of a state: the primary key is `_id`, or a unique key where it has several columns; unique indexes are unique
 * keys; and what a collection cannot say (defaults, foreign keys, checks, comments) is left out: core sees to defaults.
 */
export function normaliseState(state: SchemaState): SchemaState {
  return { tables: state.tables.map(normaliseTable), enums: [], unmanaged: state.unmanaged };
}

function normaliseTable(table: TableState): TableState {
  const key = table.primaryKey?.columns ?? [];
  const [only] = key.length === 1 ? key : [];
  const named = (name: string): string => (name === only ? "_id" : name);
  const composite: readonly UniqueState[] =
    key.length > 1 ? [{ name: derivedName(table.name, key, "primary"), columns: key }] : [];
  const uniqueIndexes = table.indexes
    .filter(isUnique)
    .map((index): UniqueState => ({ name: index.name, columns: index.columns.flatMap(({ column }) => column ?? []) }));
  const uniques = [...table.uniques, ...composite, ...uniqueIndexes];
  return {
    ...table,
    namespace: undefined,
    columns: table.columns.map((column) => normaliseColumn(column, table, named)),
    primaryKey: only === undefined ? undefined : { columns: ["_id"], name: undefined },
    uniques: uniques.map((unique) => ({ name: unique.name, columns: unique.columns.map(named) })),
    indexes: table.indexes.filter((index) => !isUnique(index)).map((index) => normaliseIndex(index, named)),
    foreignKeys: [],
    checks: [],
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: undefined,
    unmanaged: [],
  };
}

function isUnique({ unique, where }: IndexState): boolean {
  return unique && where === undefined;
}

function normaliseColumn(column: ColumnState, table: TableState, named: (name: string) => string): ColumnState {
  return {
    ...column,
    name: named(column.name),
    databaseType: databaseType(column, table),
    default: undefined,
    autoIncrement: false,
    generated: undefined,
    collation: undefined,
    comment: undefined,
  };
}

function normaliseIndex(index: IndexState, named: (name: string) => string): IndexState {
  const columns = index.columns.map((part) => ({
    ...part,
    column: part.column === undefined ? undefined : named(part.column),
  }));
  return { ...index, columns };
}
