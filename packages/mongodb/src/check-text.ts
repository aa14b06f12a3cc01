import type { CheckState, ColumnState } from "@mortise/core/state";
import { fromText, isDocument, plainText, sortedQuery } from "./extended-json.ts";
import { parseCondition } from "./condition-parser.ts";
import { holds, passes } from "./condition-query.ts";

type Named = (column: string) => string;

/** Whether a text is a query document, in which MongoDB itself says conditions. */
export function isQueryText(text: string): boolean {
  return queryOf(text) !== undefined;
}

function queryOf(text: string): object | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const query = fromText(text);
    return isDocument(query) ? query : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A check in normal form, a query document as text. It says what the SQL check says, which lets through what it does not know:
 * `age >= 18` finds documents without an age. A text that is neither stays as it is, and is refused by name.
 */
export function checkText({ expression, columns }: CheckState, named: Named): string {
  const query = columns === undefined ? queryOf(expression) : undefined;
  if (query !== undefined) return plainText(sortedQuery(query));
  const place = (_: string, at: string): string => `"${(columns?.[Number(at)] ?? "").replaceAll('"', '""')}"`;
  const text = columns === undefined ? expression : expression.replaceAll(/\{(\d+)\}/g, place);
  const parsed = parseCondition(text, named);
  return parsed === undefined ? expression : plainText(sortedQuery({ $expr: passes(parsed) }));
}

/** The condition of an index in normal form: a filter as partial indexes take it. */
export function whereText(text: string, named: Named, columns: readonly ColumnState[]): string {
  const query = queryOf(text);
  if (query !== undefined) return plainText(sortedQuery(query));
  const parsed = parseCondition(text, named);
  const filter = parsed === undefined ? undefined : holds(parsed, columns);
  return filter === undefined ? text : plainText(sortedQuery(filter));
}

/** A condition in normal form after a field got another name. */
export function renameIn(expression: string, from: string, to: string): string {
  const query = queryOf(expression);
  return query === undefined ? expression : plainText(sortedQuery(renamed(query, from, to)));
}

function renamed(value: unknown, from: string, to: string): unknown {
  const field = (name: string): string =>
    name === from ? to : name.startsWith(`${from}.`) ? `${to}${name.slice(from.length)}` : name;
  if (Array.isArray(value)) return value.map((one) => renamed(one, from, to));
  if (typeof value === "string" && value.startsWith("$") && !value.startsWith("$$")) return `$${field(value.slice(1))}`;
  if (!isDocument(value)) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] =>
    key === "$literal" ? [key, one] : [field(key), renamed(one, from, to)],
  );
  return Object.fromEntries(entries);
}
