import type { Document } from "mongodb";

/** The columns of a document that a pipeline of ours laid out: the fields `c0`, `c1` …, null where one is missing. */
export function rowOf(document: Document, columns: number): unknown[] {
  return Array.from({ length: columns }, (_, at) => document[`c${at}`] ?? null);
}
