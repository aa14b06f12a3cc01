import { isSame, type IndexColumn, type IndexState, type TableState, type UniqueState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { collationOf, collationText } from "./collation-text.ts";
import { filterText, joined, partsOf } from "./conjunction.ts";
import { isDocument, plainText, queryOf, sortedKeys } from "./extended-json.ts";
import { parseRule } from "./rule.ts";

type Columns = Pick<TableState, "columns">;

/** Kinds of indexes that give the first field another word than a direction. */
const fieldMethods = ["2dsphere", "hashed"] as const;

const allTypes = "array binData bool date decimal double int long object objectId string".split(" ");

/** The seconds of a `ttl(3600)`. */
export function secondsOf(method: string | undefined): number | undefined {
  const seconds = /^ttl\((\d+)\)$/.exec(method ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** The indexes of a collection as the server is asked for them. */
export function indexDocuments({ uniques, indexes, columns }: TableState): readonly Document[] {
  return [
    ...uniques.map((unique) => uniqueDocument(unique, { columns })),
    ...indexes.map((index) => indexDocument(index, { columns })),
  ];
}

export function uniqueDocument({ name, columns }: UniqueState, table: Columns): Document {
  return indexDocument(
    {
      name: name ?? columns.join("_"),
      unique: true,
      columns: columns.map((column) => plainPart({ column, expression: undefined })),
      where: undefined,
      method: undefined,
      include: [],
      nullsNotDistinct: false,
    },
    table,
  );
}

export function indexDocument(index: IndexState, table: Columns): Document {
  const { name, unique, columns, method } = index;
  const seconds = secondsOf(method);
  const filter = filterOf(index, table);
  const collation = columns.map((part) => part.collation).find((text) => text !== undefined);
  return {
    name,
    key: Object.fromEntries(columns.map((part, at) => [fieldOf(part), wordOf(part, at, method)])),
    ...(unique ? { unique: true } : {}),
    ...(method === "sparse" ? { sparse: true } : {}),
    ...(seconds === undefined ? {} : { expireAfterSeconds: seconds }),
    ...(filter === undefined ? {} : { partialFilterExpression: filter }),
    ...(collation === undefined ? {} : { collation: collationOf(collation) }),
  };
}

function fieldOf({ column, expression }: IndexColumn): string {
  return column ?? expression ?? "";
}

function wordOf({ order }: IndexColumn, at: number, method: string | undefined): string | number {
  if (method === "text") return "text";
  return at === 0 && isFieldMethod(method) ? method : order === "desc" ? -1 : 1;
}

export function isFieldMethod(method: string | undefined): method is (typeof fieldMethods)[number] {
  return fieldMethods.some((one) => one === method);
}

/** Rows with null are as many as one likes, as SQL has it: a unique index leaves documents out that have null in a field of the key. */
function filterOf(index: IndexState, table: Columns): Document | undefined {
  const asked = index.where === undefined ? undefined : queryOf(index.where);
  const known = impliedFilter(index, table);
  if (known === undefined || index.nullsNotDistinct) return asked;
  return joined([...(asked === undefined ? [] : partsOf(asked)), ...partsOf(known)]);
}

function impliedFilter({ unique, columns }: IndexState, table: Columns): Document | undefined {
  const names = unique ? columns.map(({ column }) => column) : [];
  const nullable = table.columns.filter((column) => column.nullable && names.includes(column.name));
  if (nullable.length === 0) return undefined;
  const types = nullable.map((column) => [column.name, { $type: typesOf(column.databaseType) }]);
  return Object.fromEntries(types);
}

function typesOf(databaseType: string | undefined): readonly string[] {
  const { types } = parseRule(databaseType);
  return types.length === 0 ? allTypes : types;
}

/** An index as a server tells it, in the form in which it would be asked for; `undefined` where models have no words for it. */
export function readIndex(
  document: Document,
  table: Columns,
  inherited: unknown,
): IndexState | UniqueState | undefined {
  const told = withoutDefaults(document, inherited);
  const index = indexOf(told, table);
  if (index === undefined || !isSame(comparable(indexDocument(index, table)), comparable(told))) return undefined;
  return asUnique(index) ?? index;
}

/** The unique key that an index is, where it says no more than that. */
export function asUnique(index: IndexState): UniqueState | undefined {
  const isPlain = index.columns.every(
    (part) => part.column !== undefined && part.order === "asc" && part.collation === undefined,
  );
  if (!index.unique || !isPlain || index.where !== undefined || index.method !== undefined || index.nullsNotDistinct)
    return undefined;
  return { name: index.name, columns: index.columns.flatMap(({ column }) => column ?? []) };
}

function comparable({ key, partialFilterExpression: filter, ...more }: Document): string {
  const told = isDocument(filter) ? { ...more, filter: filterText(filter) } : more;
  return plainText([Object.entries(key).map(([field, word]) => [field, word]), sortedKeys(told)]);
}

/** What every server adds, or may leave out. The fields of a text index stand in its weights. */
function withoutDefaults(document: Document, inherited: unknown): Document {
  const { v: _, ns: __, background: ___, textIndexVersion: ____, "2dsphereIndexVersion": _____, ...told } = document;
  for (const option of ["unique", "sparse", "hidden"]) if (told[option] === false) delete told[option];
  if (told["expireAfterSeconds"] !== undefined) told["expireAfterSeconds"] = Number(told["expireAfterSeconds"]);
  const collation = collationText(told["collation"]);
  const own = collation === collationText(inherited) ? undefined : collation;
  delete told["collation"];
  if (own !== undefined) told["collation"] = collationOf(own);
  return withoutTextDefaults({ ...told, key: plainKey(told["key"]) });
}

function withoutTextDefaults({
  weights,
  default_language: language,
  language_override: override,
  ...told
}: Document): Document {
  if (!isDocument(weights)) return told;
  const isPlain =
    Object.values(weights).every((weight) => Number(weight) === 1) &&
    (language ?? "english") === "english" &&
    (override ?? "language") === "language" &&
    isSame(Object.keys(told["key"]), ["_fts", "_ftsx"]);
  if (!isPlain) return { ...told, weights };
  return {
    ...told,
    key: Object.fromEntries(
      Object.keys(weights)
        .toSorted()
        .map((field) => [field, "text"]),
    ),
  };
}

/** Directions come as any kind of number. */
function plainKey(key: unknown): Document {
  const entries = Object.entries(isDocument(key) ? key : {});
  return Object.fromEntries(entries.map(([field, word]) => [field, typeof word === "string" ? word : Number(word)]));
}

function indexOf(told: Document, table: Columns): IndexState | undefined {
  const parts = Object.entries<string | number>(told["key"]);
  const words = parts.map(([, word]) => word).filter((word): word is string => typeof word === "string");
  const seconds: unknown = told["expireAfterSeconds"];
  const method =
    words[0] ?? (seconds === undefined ? (told["sparse"] === true ? "sparse" : undefined) : `ttl(${Number(seconds)})`);
  const collation = collationText(told["collation"]);
  const columns = parts.map(([field, word]) =>
    plainPart({ ...partOf(field), order: word === -1 ? "desc" : "asc", collation }),
  );
  const unfiltered: IndexState = {
    name: String(told["name"]),
    unique: told["unique"] === true,
    columns,
    where: undefined,
    method,
    include: [],
    nullsNotDistinct: false,
  };
  return withFilter(unfiltered, told["partialFilterExpression"], table);
}

function withFilter(index: IndexState, filter: unknown, table: Columns): IndexState {
  const known = impliedFilter(index, table);
  if (!isDocument(filter)) return known === undefined ? index : { ...index, nullsNotDistinct: true };
  const asked = partsOf(filter).map(filterText);
  const implied = known === undefined ? [] : partsOf(known).map(filterText);
  const others = partsOf(filter).filter((part) => !implied.includes(filterText(part)));
  if (implied.some((text) => !asked.includes(text)))
    return { ...index, where: filterText(filter), nullsNotDistinct: true };
  return others.length === 0 ? index : { ...index, where: filterText(joined(others)) };
}

/**
 * An index without the conditions that its being unique asks for anyway. One that asks for all of them itself has no nulls, so that nothing
 * can be said of these.
 */
export function withoutImplied(index: IndexState, table: Columns): IndexState {
  const known = impliedFilter(index, table);
  const asked = index.where === undefined ? undefined : queryOf(index.where);
  if (known === undefined || asked === undefined) return index;
  const implied = partsOf(known).map(filterText);
  const told = partsOf(asked).map(filterText);
  if (index.nullsNotDistinct && implied.some((text) => !told.includes(text))) return index;
  const others = partsOf(asked).filter((part) => !implied.includes(filterText(part)));
  return { ...index, where: others.length === 0 ? undefined : filterText(joined(others)), nullsNotDistinct: false };
}

/** A field of a document is a column; a path into one, or all fields below one, is an expression. */
function partOf(field: string): Pick<IndexColumn, "column" | "expression"> {
  const isPath = field.includes(".") || field === "$**";
  return { column: isPath ? undefined : field, expression: isPath ? field : undefined };
}

function plainPart(part: Pick<IndexColumn, "column" | "expression"> & Partial<IndexColumn>): IndexColumn {
  return { order: "asc", collation: undefined, length: undefined, nulls: undefined, operatorClass: undefined, ...part };
}
