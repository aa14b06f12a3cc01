import { InvalidValueError } from "@mortise/core/adapter";

/** SQLite compares names without regard to the case of the letters A to Z, and of those only. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A name as SQL: `it"s` -> `"it""s"`. */
export function quoteName(name: string): string {
  return `"${withoutNul(name, "name").replaceAll('"', '""')}"`;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

/** A text as SQL: `it's` -> `'it''s'`. */
export function quoteText(text: string): string {
  return `'${withoutNul(text, "text").replaceAll("'", "''")}'`;
}

/** SQLite's SQL ends at a NUL character: what comes after it would be lost. */
function withoutNul(text: string, what: string): string {
  if (!text.includes("\0")) return text;
  throw new InvalidValueError(`A ${what} in a schema holds a NUL character, which SQLite's SQL cannot carry.`);
}

/** A stored value as SQL: text, number, bigint, bytes or null. */
export function literal(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Uint8Array) return `x'${hex(value)}'`;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new InvalidValueError(`A default of type ${typeof value} cannot be written as SQLite's SQL.`);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
