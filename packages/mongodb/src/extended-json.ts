import { BSON, type Document } from "mongodb";

/** A value as Extended JSON, numbers plain: the form in which parts of validators and indexes are compared and shown. */
export function plainText(value: unknown): string {
  return BSON.EJSON.stringify(value, { relaxed: true });
}

/** A value as Extended JSON that keeps the type of every number. */
export function exactText(value: unknown): string {
  return BSON.EJSON.stringify(value, { relaxed: false });
}

/** A value as plain Extended JSON where that says it all, else in the exact form. */
export function shortText(value: unknown): string {
  const plain = plainText(value);
  const exact = exactText(value);
  return exactText(fromText(plain)) === exact ? plain : exact;
}

/** The way back from either form. Numbers that were plain are JavaScript numbers. */
export function fromText(text: string): unknown {
  return BSON.EJSON.parse(text, { relaxed: true });
}

/** The way back from the exact form: an `Int32` stays one. */
export function fromExactText(text: string): unknown {
  return BSON.EJSON.parse(text, { relaxed: false });
}

/** True for a document as BSON has it, and not for a list, a date or a number of its own class. */
export function isDocument(value: unknown): value is Document {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}

/** The query document that a text is, if it is one. */
export function queryOf(text: string): Document | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const query = fromText(text);
    return isDocument(query) ? query : undefined;
  } catch {
    return undefined;
  }
}

/** A document with its keys in order; what stands under them is left alone. */
export function sortedKeys(document: Document): Document {
  return Object.fromEntries(Object.entries(document).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A query document with the keys in order wherever their order says nothing: everywhere but in a document that is a value. */
export function sortedQuery(query: unknown): unknown {
  if (Array.isArray(query)) return query.map(sortedQuery);
  if (!isDocument(query)) return query;
  const entries = Object.entries(query).map(([key, value]): [string, unknown] => {
    if (key === "$jsonSchema" && isDocument(value)) return [key, sortedSchema(value)];
    if (key.startsWith("$")) return [key, key === "$eq" || key === "$ne" ? value : sortedQuery(value)];
    return [key, isDocument(value) && !isOperators(value) ? value : sortedQuery(value)];
  });
  return sortedKeys(Object.fromEntries(entries));
}

function isOperators(value: Document): boolean {
  return Object.keys(value).some((key) => key.startsWith("$"));
}

/** The rules of a field with their keys in order, on every level. Lists keep theirs. */
export function sortedSchema(schema: Document): Document {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === "properties" && isDocument(value)) {
      return [key, sortedKeys(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, nested(one)])))];
    }
    if (key === "items" || key === "not") return [key, Array.isArray(value) ? value.map(nested) : nested(value)];
    if (["allOf", "anyOf", "oneOf"].includes(key) && Array.isArray(value)) return [key, value.map(nested)];
    return [key, value];
  });
  return sortedKeys(Object.fromEntries(entries));
}

function nested(schema: unknown): unknown {
  return isDocument(schema) ? sortedSchema(schema) : schema;
}
