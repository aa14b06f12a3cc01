import { InvalidValueError } from "@mortise/core/adapter";

/** A name as SQL: `it"s` -> `"it""s"`. */
export function quoteName(name: string): string {
  return `"${withoutNul(name, "name").replaceAll('"', '""')}"`;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

/** A text as SQL: `it's` -> `'it''s'`. The session takes backslashes as they are. */
export function quoteText(text: string): string {
  return `'${withoutNul(text, "text").replaceAll("'", "''")}'`;
}

function withoutNul(text: string, what: string): string {
  if (!text.includes("\0")) return text;
  throw new InvalidValueError(`A ${what} in a schema holds a NUL character, which PostgreSQL cannot store.`);
}
