import {
  derivedName,
  isSame,
  type CheckState,
  type ColumnState,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { databaseType } from "./bson-type.ts";
import { checkText, whereText } from "./check-text.ts";
import { normalDefault } from "./default-text.ts";
import { asUnique } from "./index-document.ts";

/**
 * MongoDB's normal form of a state: the primary key is `_id`, or a unique key where it has several columns; types are the rules of a
 * validator; checks and the conditions of indexes are query documents. Foreign keys are left out: MongoDB has none.
 */
export function normaliseState(state: SchemaState): SchemaState {
  return { tables: state.tables.map(normaliseTable), enums: [], unmanaged: state.unmanaged };
}

function normaliseTable(table: TableState): TableState {
  const key = table.primaryKey?.columns ?? [];
  const [only] = key.length === 1 ? key : [];
  const named = (name: string): string => (name === only ? "_id" : name);
  const columns = table.columns.map((column) => normaliseColumn(column, table, named));
  const indexes = table.indexes.map((index) => normaliseIndex(index, named, columns));
  const plain = indexes.flatMap((index) => asUnique(index) ?? []);
  const uniques = [...table.uniques, ...compositeKey(table, key), ...plain];
  return {
    ...table,
    namespace: undefined,
    columns,
    primaryKey: only === undefined ? undefined : { columns: ["_id"], name: undefined },
    uniques: uniques.map((unique) => ({ name: unique.name, columns: unique.columns.map(named) })),
    indexes: indexes.filter((index) => asUnique(index) === undefined),
    foreignKeys: [],
    checks: table.checks.map((check): CheckState => ({ name: undefined, expression: checkText(check, named) })),
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: table.comment === "" ? undefined : table.comment,
  };
}

/** A key of several columns is a unique key. Documents have an `_id` of their own then. */
function compositeKey(table: TableState, key: readonly string[]): readonly UniqueState[] {
  if (key.length < 2 || table.uniques.some(({ columns }) => isSame(columns, key))) return [];
  return [{ name: derivedName(table.name, key, "unique"), columns: key }];
}

function normaliseColumn(column: ColumnState, table: TableState, named: (name: string) => string): ColumnState {
  const name = named(column.name);
  const normal = {
    ...column,
    name,
    databaseType: databaseType(column, table),
    default: column.autoIncrement ? undefined : normalDefault(column, table.name),
    comment: column.comment === "" ? undefined : column.comment,
  };
  // A key is called `_id` whatever the model calls it, so that it has no other name to come from.
  return name === "_id" ? { ...normal, renamedFrom: undefined } : normal;
}

const methods: Readonly<Record<string, string | undefined>> = {
  btree: undefined,
  fulltext: "text",
  spatial: "2dsphere",
  hash: "hashed",
};

function methodOf(method: string | undefined): string | undefined {
  const word = method?.toLowerCase().replaceAll(/\s/g, "");
  if (word === undefined) return undefined;
  return Object.hasOwn(methods, word) ? methods[word] : word;
}

function normaliseIndex(
  index: IndexState,
  named: (name: string) => string,
  columns: readonly ColumnState[],
): IndexState {
  const method = methodOf(index.method);
  const parts = index.columns.map((part) => ({ ...part, column: part.column && named(part.column) }));
  const isNullable = columns.some(({ name, nullable }) => nullable && parts.some(({ column }) => column === name));
  const byField = (one: (typeof parts)[number]): string => one.column ?? one.expression ?? "";
  return {
    ...index,
    method,
    // A text index is one of its fields together, which the server keeps in no order.
    columns: method === "text" ? parts.toSorted((a, b) => (byField(a) < byField(b) ? -1 : 1)) : parts,
    where: index.where === undefined ? undefined : whereText(index.where, named, columns),
    nullsNotDistinct: index.nullsNotDistinct && index.unique && isNullable,
  };
}
