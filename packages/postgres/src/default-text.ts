import { SchemaError, type ValuePlace } from "@mortise/core/adapter";
import type { DefaultState } from "@mortise/core/state";
import { entryText } from "./array-codec.ts";
import { quoteText } from "./spelling.ts";
import { codecFor, encodeScalar } from "./types.ts";

/** A default as SQL. A value is written as an insert would send it: as a text, whose type is that of the column. */
export function defaultText(state: DefaultState, place: ValuePlace | undefined): string {
  if (state.kind === "expression") {
    if (isFrozen(state.expression)) throw frozen(state.expression, place);
    return isNow(state.expression) ? nowOf(place) : state.expression;
  }
  const encode = place === undefined ? encodeScalar : codecFor(place).encode;
  const text = state.value === null ? null : entryText(encode(state.value));
  return text === null ? "null" : quoteText(text);
}

/** `now` is the one expression that every engine is asked in the same word. */
function isNow(expression: string): boolean {
  return /^\s*now\s*(\(\s*\))?\s*$/i.test(expression);
}

/** The moment of the insert, in UTC where the column has no zone. */
function nowOf(place: ValuePlace | undefined): string {
  const type = place?.type;
  if (type?.kind === "date") return "(now() at time zone 'UTC')::date";
  if (type?.kind === "time") return "(now() at time zone 'UTC')::time";
  const local = (type?.kind === "datetime" || type?.kind === "timestamp") && !type.useTz;
  return local ? "(now() at time zone 'UTC')" : "now()";
}

/** A text that the server turns into the moment in which the table is made. One that is marked as text is read at each insert. */
function isFrozen(expression: string): boolean {
  return /^[\s(]*'\s*(now|today|tomorrow|yesterday)\s*'[\s)]*(::(?!text\b).*)?$/i.test(expression);
}

function frozen(expression: string, place: ValuePlace | undefined): SchemaError {
  const column = place === undefined ? "A column" : `The column "${place.column}" of "${place.model}"`;
  return new SchemaError(
    `${column} has the default ${expression}, which PostgreSQL reads once, when the table is made. Use sqlDefault("now()").`,
    place === undefined ? {} : { model: place.model, column: place.column },
  );
}
