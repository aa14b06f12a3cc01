import type { Document } from "mongodb";
import { isDocument, plainText, sortedQuery } from "./extended-json.ts";

/** The conditions of a query that hold together, each by itself, however it joins them. */
export function partsOf(query: Document): readonly Document[] {
  return Object.entries(query).flatMap(([key, value]): readonly Document[] =>
    key === "$and" && Array.isArray(value) ? value.filter(isDocument).flatMap(partsOf) : [{ [key]: value }],
  );
}

/** One query of conditions, joined in the one way that every server takes in an index: no conjunction within another. */
export function joined(parts: readonly Document[]): Document {
  const keys = parts.flatMap((part) => Object.keys(part));
  const isPlain = new Set(keys).size === keys.length && keys.every((key) => !key.startsWith("$"));
  const [only, ...more] = parts;
  if (isPlain || (only !== undefined && more.length === 0)) return Object.assign({}, ...parts);
  return { $and: parts };
}

/** The text of a filter, equal for filters that join the same conditions. */
export function filterText(filter: Document): string {
  const parts = partsOf(filter).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return textOf(joined(parts));
}

function textOf(query: Document): string {
  return plainText(sortedQuery(query));
}
