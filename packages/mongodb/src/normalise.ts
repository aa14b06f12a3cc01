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
import { checkTexts, whereText } from "./check-text.ts";
import { normalDefault } from "./default-text.ts";
import { fieldName } from "./field.ts";
import { asUnique, isFieldMethod, withoutImplied } from "./index-document.ts";

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
  const named = (name: string): string => (name === only ? "_id" : fieldName(name));
  const columns = table.columns.map((column) => normaliseColumn(column, table, named));
  const indexes = table.indexes.map((index) => normaliseIndex(index, named, columns)).filter((one) => !isOfKey(one));
  const plain = indexes.flatMap((index) => asUnique(index) ?? []);
  const uniques = [...table.uniques, ...compositeKey(table, key), ...plain]
    .map((unique): UniqueState => ({ name: unique.name, columns: unique.columns.map(named) }))
    .filter((unique) => !isSame(unique.columns, ["_id"]))
    .filter(isFirstOfItsFields);
  return {
    ...table,
    namespace: undefined,
    columns,
    primaryKey: only === undefined ? undefined : { columns: ["_id"], name: undefined },
    uniques,
    indexes: indexes.filter((index) => asUnique(index) === undefined && !isServed(index, uniques, columns)),
    foreignKeys: [],
    checks: checkStates(table.checks, named),
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: table.comment === "" ? undefined : table.comment,
  };
}

function checkStates(checks: readonly CheckState[], named: (name: string) => string): readonly CheckState[] {
  const texts = new Set(checks.flatMap((check) => checkTexts(check, named)));
  return [...texts].map((expression) => ({ name: undefined, expression }));
}

/** MongoDB takes one index of the same fields: a unique key that is said twice is one. */
function isFirstOfItsFields(unique: UniqueState, at: number, all: readonly UniqueState[]): boolean {
  return all.findIndex(({ columns }) => isSame(columns, unique.columns)) === at;
}

/** Every collection has an index of its keys, and takes no second one. */
function isOfKey({ columns, method }: IndexState): boolean {
  return method === undefined && columns.length === 1 && columns[0]?.column === "_id";
}

/** An index of the fields of a unique key, which holds all documents, is that key's: there is no second one of the same fields. */
function isServed(index: IndexState, uniques: readonly UniqueState[], columns: readonly ColumnState[]): boolean {
  const fields = asUnique({ ...index, unique: true })?.columns;
  const isWhole = !columns.some(({ name, nullable }) => nullable && fields?.includes(name) === true);
  return !index.unique && isWhole && uniques.some((unique) => isSame(unique.columns, fields));
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
  // A word for its kind stands in the place of a direction.
  const isWord = (at: number): boolean => method === "text" || (at === 0 && isFieldMethod(method));
  const parts = index.columns.map((part, at) => ({
    ...part,
    column: part.column && named(part.column),
    order: isWord(at) ? ("asc" as const) : part.order,
  }));
  const isNullable = columns.some(({ name, nullable }) => nullable && parts.some(({ column }) => column === name));
  const byField = (one: (typeof parts)[number]): string => one.column ?? one.expression ?? "";
  const normal = {
    ...index,
    method,
    // A text index is one of its fields together, which the server keeps in no order.
    columns: method === "text" ? parts.toSorted((a, b) => (byField(a) < byField(b) ? -1 : 1)) : parts,
    where: index.where === undefined ? undefined : whereText(index.where, named, columns),
    nullsNotDistinct: index.nullsNotDistinct && index.unique && isNullable,
  };
  return withoutImplied(normal, { columns });
}
