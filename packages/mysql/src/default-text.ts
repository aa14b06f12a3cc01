import type { ValuePlace } from "@mortise/core/adapter";
import type { DefaultState } from "@mortise/core/state";
import { literal } from "./spelling.ts";
import { codecFor } from "./types.ts";

/** A default as SQL. A value is written as an insert would store it; without a type it can only be a plain one. */
export function defaultText(state: DefaultState, place: ValuePlace | undefined): string {
  if (state.kind === "value") return literal(place === undefined ? state.value : codecFor(place).encode(state.value));
  return isNow(state.expression) ? nowOf(place) : state.expression;
}

/** `now` is the one expression that every engine is asked in the same word. */
function isNow(expression: string): boolean {
  return /^\s*now\s*(\(\s*\))?\s*$/i.test(expression);
}

/** The moment of the insert in UTC, whatever the zone of the session. */
function nowOf(place: ValuePlace | undefined): string {
  switch (place?.type.kind) {
    case "date":
      return "utc_date()";
    case "time":
      return `utc_time(${place.type.precision ?? 6})`;
    case "datetime":
    case "timestamp":
      return `utc_timestamp(${place.type.precision ?? 6})`;
    default:
      return "utc_timestamp(6)";
  }
}
