import { InvalidValueError } from "@mortise/core/adapter";
import type { LikeParts } from "@mortise/sql";

/** The pattern of a match: wildcards in searched text are escaped, those of a pattern are left. */
export function textMatcher(match: LikeParts["match"]): (value: unknown) => string {
  switch (match) {
    case "pattern":
      return patternOf;
    case "contains":
      return (value) => `%${escaped(value)}%`;
    case "startsWith":
      return (value) => `${escaped(value)}%`;
    case "endsWith":
      return (value) => `%${escaped(value)}`;
  }
}

/** `%` and `_` are wildcards, a backslash takes their meaning away; at the end it would take away nothing. */
function patternOf(value: unknown): string {
  const pattern = textOf(value);
  if (/(?<!\\)(\\\\)*\\$/.test(pattern)) {
    throw new InvalidValueError("A like pattern must not end with its escape character, a backslash.");
  }
  return pattern;
}

function escaped(value: unknown): string {
  return textOf(value).replace(/[\\%_]/g, "\\$&");
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  throw new InvalidValueError("A text to match must be a string without NUL characters and lone surrogates.");
}

/** A regular expression. It is checked as JavaScript would, which refuses what no engine takes. */
export function regexpText(value: unknown): string {
  const text = typeof value === "string" ? textOf(value) : undefined;
  if (text === undefined) throw new InvalidValueError("A regular expression must be a text.");
  try {
    RegExp(text, "u");
  } catch {
    throw new InvalidValueError("A regular expression is not valid; write it as JavaScript does with the flag u.");
  }
  return text;
}
