import type { Kind, Value } from "../program.ts";
import { compareDecimal, readDecimal } from "./decimal.ts";

type Present = Exclude<Value, null>;

/** Less than zero, zero or more for two values of one kind, neither of them null. */
export function compareValues(kind: Kind, left: Present, right: Present): number {
  switch (kind) {
    case "integer":
    case "bigInteger":
    case "double":
    case "datetime":
    case "boolean":
      return left === right ? 0 : left < right ? -1 : left > right ? 1 : 0;
    case "decimal":
      return compareDecimal(readDecimal(String(left)), readDecimal(String(right)));
    case "string":
    case "text":
    case "date":
    case "uuid":
    case "enum":
    case "json":
      return compareText(String(left), String(right));
  }
}

/** By code points: letters beyond U+FFFF come behind all others, which they do not as UTF-16. */
export function compareText(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = codeAt(a, at) - codeAt(b, at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function codeAt(letters: readonly string[], at: number): number {
  return letters[at]?.codePointAt(0) ?? 0;
}

/** Whether two values are the same for grouping, where nulls are: `1.5` and `1.50` as decimals. */
export function sameValue(kind: Kind, left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  return compareValues(kind, left, right) === 0;
}
