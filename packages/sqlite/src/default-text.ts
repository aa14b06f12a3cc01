import type { ValuePlace } from "@mortise/core/adapter";
import type { DefaultState } from "@mortise/core/state";
import { literal } from "./spelling.ts";
import { codecFor } from "./types.ts";

/** `current_timestamp` to the millisecond, in the stored form. */
const nowExpression = "rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')";

/** A default as SQL. A value is written as an insert would store it; without a type it can only be a plain one. */
export function defaultText(state: DefaultState, place: ValuePlace | undefined): string {
  if (state.kind === "value") return literal(place === undefined ? state.value : codecFor(place).encode(state.value));
  return isNow(state.expression) ? nowOf(place) : state.expression;
}

/** `now` is the one expression that every engine is asked in the same word. */
function isNow(expression: string): boolean {
  return /^\s*now\s*(\(\s*\))?\s*$/i.test(expression);
}

/** The moment of the insert, in the form in which the column's type is stored. */
function nowOf(place: ValuePlace | undefined): string {
  if (place?.type.kind === "date") return "current_date";
  return place?.type.kind === "time" ? "rtrim(rtrim(strftime('%H:%M:%f', 'now'), '0'), '.')" : nowExpression;
}
