import { InvalidValueError } from "@mortise/core/adapter";

/** Column and key names are compared without regard to case. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** Whether the server can hold a name: not too long, no white space at its end, no character of four bytes. */
export function isName(name: string, longest: number): boolean {
  return name !== "" && name.length <= longest && !/\s$/.test(name) && !/[\0\u{10000}-\u{10ffff}]/u.test(name);
}

/** A name as SQL: ``it`s`` -> `` `it``s` ``. */
export function quoteName(name: string): string {
  return `\`${withoutNul(name, "name").replaceAll("`", "``")}\``;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

/** A text as SQL, for sessions that know backslash escapes, which all of ours do: `it's \` -> `'it''s \\'`. */
export function quoteText(text: string): string {
  return `'${withoutNul(text, "text").replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** The text of a quoted text, `undefined` for any other SQL. */
export function unquotedText(sql: string): string | undefined {
  if (!/^'(?:[^'\\]|\\[\s\S]|'')*'$/.test(sql)) return undefined;
  return sql.slice(1, -1).replaceAll(/''|\\([\s\S])/g, (_, escaped: string | undefined) => {
    if (escaped === undefined) return "'";
    return escapes.get(escaped) ?? escaped;
  });
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["Z", "\x1a"],
  ["0", "\0"],
]);

function withoutNul(text: string, what: string): string {
  if (!text.includes("\0") && text.isWellFormed()) return text;
  throw new InvalidValueError(
    `A ${what} in a schema holds a NUL character or half a character, which SQL cannot carry.`,
  );
}

/** A stored value as SQL: text, number, bigint, bytes or null. */
export function literal(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString("hex")}'`;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new InvalidValueError(`A default of type ${typeof value} cannot be written as SQL.`);
}
