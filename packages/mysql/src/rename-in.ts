import { quoteName } from "./spelling.ts";

/** A text, a name, or anything else. */
const pieces = /'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`]|``)*`|[^]/gu;

/** An expression as the server prints it, where every name stands in quotes, after a column of it got another name. */
export function renameIn(expression: string, from: string, to: string): string {
  const old = quoteName(from);
  return expression.replaceAll(pieces, (piece) => (piece === old ? quoteName(to) : piece));
}
