import { encoderOf, type ValuePlace } from "@mortise/core/adapter";
import type { ColumnState, DefaultState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { fromExactText, fromText, shortText } from "./extended-json.ts";
import { codecFor } from "./types.ts";

const now = /^(now\(\)|now|current_timestamp(\(\d?\))?)$/i;

/** A default in normal form: a text in single quotes, the one word `now`, or a stored value as Extended JSON. */
export function normalDefault(column: ColumnState, table: string): DefaultState | undefined {
  const { default: value, name, type, nullable } = column;
  if (value === undefined) return undefined;
  if (value.kind === "expression") {
    return now.test(value.expression.trim()) ? { kind: "expression", expression: "now" } : value;
  }
  const place: ValuePlace | undefined = type && { type, nullable, model: table, column: name, prepare: undefined };
  const stored = place === undefined ? value.value : encoderOf(place, codecFor)(value.value);
  return { kind: "expression", expression: valueText(stored) };
}

function valueText(value: unknown): string {
  // One line in any case: it is a line of a description.
  if (typeof value === "string")
    return /[\n\r]/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
  return shortText(value);
}

/** Whether a default in normal form is one that a document can be given. */
export function isGivable(value: DefaultState): boolean {
  if (value.kind === "value") return false;
  if (value.expression === "now") return true;
  try {
    valueOf(value.expression);
    return true;
  } catch {
    return false;
  }
}

function valueOf(text: string): unknown {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return text.startsWith("{") ? fromExactText(text) : fromText(text);
}

/** What a pipeline says for the default of a column in normal form. */
export function defaultValue({ default: value }: ColumnState): Document | string | undefined {
  if (value?.kind !== "expression") return undefined;
  return value.expression === "now" ? "$$NOW" : { $literal: valueOf(value.expression) };
}
