import { InvalidValueError } from "@mortise/core/adapter";
import type { LikeParts } from "@mortise/sql";

/** What takes the meaning from a wildcard in our SQL: a character that no mode of the server changes. */
export const escapeCharacter = "|";

/** The text that is searched for, or the pattern of `like … escape '|'`. */
export function textMatcher(match: LikeParts["match"], caseSensitive: boolean): (value: unknown) => string {
  const fold = caseSensitive ? (text: string) => text : foldCase;
  switch (match) {
    case "pattern":
      return (value) => translated(fold(textOf(value)));
    case "contains":
      return (value) => `%${escaped(fold(textOf(value)))}%`;
    case "startsWith":
      return (value) => `${escaped(fold(textOf(value)))}%`;
    case "endsWith":
      return (value) => `%${escaped(fold(textOf(value)))}`;
  }
}

/** One spelling for all cases of a text; the two small sigmas are one letter. */
function foldCase(text: string): string {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/** In a caller's pattern a backslash takes the meaning from what follows: `10\%_` becomes `10|%_`. */
function translated(pattern: string): string {
  return pattern.replace(/\\([\s\S]?)|\|/g, (found, next: string | undefined) => {
    if (next === "") throw new InvalidValueError("A like pattern must not end with its escape character, a backslash.");
    return next === undefined ? escaped(found) : escaped(next);
  });
}

function escaped(text: string): string {
  return text.replace(/[%_|]/g, "|$&");
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  throw new InvalidValueError("A text to match must be a string without NUL characters and lone surrogates.");
}
