import type { TextMatch } from "../program.ts";

/** Whether a text matches. Only `like` and `ilike` have wildcards, only `ilike` does not care for case. */
export function matches(match: TextMatch, text: string, sought: string): boolean {
  switch (match) {
    case "like":
      return matchesPattern(Array.from(text), readPattern(sought));
    case "ilike":
      return matchesPattern(Array.from(text).map(fold), readPattern(sought).map(foldPart));
    case "contains":
      return text.includes(sought);
    case "startsWith":
      return text.startsWith(sought);
    case "endsWith":
      return text.endsWith(sought);
  }
}

/** A letter, `null` for any one letter, `undefined` for any text. */
type Part = string | null | undefined;

function readPattern(pattern: string): Part[] {
  const parts: Part[] = [];
  const letters = Array.from(pattern);
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at];
    if (letter === "%") parts.push(undefined);
    else if (letter === "_") parts.push(null);
    else if (letter === "\\") parts.push(letters[(at += 1)] ?? "");
    else parts.push(letter);
  }
  return parts;
}

function matchesPattern(letters: readonly string[], parts: readonly Part[]): boolean {
  const [part, ...rest] = parts;
  if (parts.length === 0) return letters.length === 0;
  if (part === undefined) {
    return letters.some((_, at) => matchesPattern(letters.slice(at), rest)) || matchesPattern([], rest);
  }
  const [letter, ...others] = letters;
  return letter !== undefined && (part === null || part === letter) && matchesPattern(others, rest);
}

function fold(letter: string): string {
  return letter.toLowerCase();
}

function foldPart(part: Part): Part {
  return typeof part === "string" ? fold(part) : part;
}
