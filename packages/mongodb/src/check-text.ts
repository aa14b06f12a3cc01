import type { CheckState, ColumnState } from "@mortise/core/state";
import { isDocument, plainText, queryOf, sortedQuery } from "./extended-json.ts";
import { parseCondition } from "./condition-parser.ts";
import { filterText, partsOf } from "./conjunction.ts";
import { holds, passes } from "./condition-query.ts";

type Named = (column: string) => string;

/** Whether a text is a query document, in which MongoDB itself says conditions. */
export function isQueryText(text: string): boolean {
  return queryOf(text) !== undefined;
}

/**
 * A check in normal form: query documents as texts, one for each condition. They say what the SQL check says, which lets through what it does
 * not know: `age >= 18` finds documents without an age. A text that is neither stays as it is, and is refused by name.
 */
export function checkTexts({ expression, columns }: CheckState, named: Named): readonly string[] {
  const query = columns === undefined ? queryOf(expression) : undefined;
  if (query !== undefined) return partsOf(query).map(filterText);
  const place = (_: string, at: string): string => `"${(columns?.[Number(at)] ?? "").replaceAll('"', '""')}"`;
  const text = columns === undefined ? expression : expression.replaceAll(/\{(\d+)\}/g, place);
  const parsed = parseCondition(text, named);
  return [parsed === undefined ? expression : filterText({ $expr: passes(parsed) })];
}

/** The condition of an index in normal form: a filter as partial indexes take it. */
export function whereText(text: string, named: Named, columns: readonly ColumnState[]): string {
  const query = queryOf(text);
  if (query !== undefined) return filterText(query);
  const parsed = parseCondition(text, named);
  const filter = parsed === undefined ? undefined : holds(parsed, columns);
  return filter === undefined ? text : filterText(filter);
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
