import { InvalidValueError } from "@mortise/core/adapter";
import type { LikeParts } from "@mortise/sql";

/** SQLite refuses longer patterns. */
const longest = 50_000;

/**
 * Text matching in SQLite: `like` here ignores the case of A to Z and of nothing else, so that patterns become those of `glob`, which
 * tells all letters apart. Without regard to case both sides are folded first.
 */
export function textMatcher(match: LikeParts["match"], caseSensitive: boolean): (value: unknown) => string {
  const fold = caseSensitive ? (text: string) => text : foldCase;
  switch (match) {
    case "pattern":
      return (value) => checked(globOfLike(fold(textOf(value))));
    case "contains":
      return (value) => fold(textOf(value));
    case "startsWith":
      return (value) => checked(`${escapeGlob(fold(textOf(value)))}*`);
    case "endsWith":
      return (value) => checked(`*${escapeGlob(fold(textOf(value)))}`);
  }
}

/** One spelling for all cases of a text, by Unicode's simple rules; the two small sigmas are one letter. */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/** `%` and `_` are wildcards, a backslash takes their meaning away: `10\%_` becomes `10%?`. */
function globOfLike(pattern: string): string {
  return pattern.replace(/\\([\s\S]?)|[%_*?[]/g, (found, escaped: string | undefined) => {
    if (escaped === "")
      throw new InvalidValueError("A like pattern must not end with its escape character, a backslash.");
    if (escaped !== undefined) return escapeGlob(escaped);
    if (found === "%") return "*";
    return found === "_" ? "?" : escapeGlob(found);
  });
}

function escapeGlob(text: string): string {
  return text.replace(/[*?[]/g, "[$&]");
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  throw new InvalidValueError("A text to match must be a string without NUL characters and lone surrogates.");
}

function checked(pattern: string): string {
  if (Buffer.byteLength(pattern) <= longest) return pattern;
  throw new InvalidValueError(`A pattern may be at most ${longest} bytes long.`);
}
