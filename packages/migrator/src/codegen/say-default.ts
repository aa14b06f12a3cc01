import type { ColumnType } from "@mortise/core/adapter";
import type { ColumnState, DefaultState, SaidType } from "@mortise/core/state";
import type { SaidDefault } from "./pulled.ts";

type Saying = SaidDefault | undefined;

/** How a model may say the default of a column, best first; the last is the database's own expression. */
export function defaultSayings({ default: state }: ColumnState, said: SaidType): readonly Saying[] {
  if (state === undefined) return [undefined];
  if (state.kind === "value") return [];
  const { expression } = state;
  return [
    ...literalSayings(expression, said),
    ...nowSayings(expression, said.type),
    { kind: "sql", expression: asWritten(expression) },
  ];
}

/** `now` alone is the word for the moment on every engine: the database's own function keeps clear of it. */
function asWritten(expression: string): string {
  return /^now\s*(\(\s*\))?$/i.test(expression) ? `(${expression})` : expression;
}

/** A default as a model that says it would ask for it. */
export function defaultState(said: SaidDefault): DefaultState {
  switch (said.kind) {
    case "now":
      return { kind: "expression", expression: "now" };
    case "literal":
      return { kind: "value", value: said.value };
    case "sql":
      return { kind: "expression", expression: said.expression };
  }
}

const numbers: ReadonlySet<string> = new Set([
  "tinyInteger",
  "smallInteger",
  "mediumInteger",
  "integer",
  "float",
  "double",
]);
const texts: ReadonlySet<string> = new Set(["string", "char", "text", "mediumText", "longText", "enum"]);

/** `'draft'::character varying`, `'0'` and `true` stand for values. */
function literalSayings(expression: string, { type, value }: SaidType): readonly Saying[] {
  const text = /^'((?:[^']|'')*)'(?:::[\w". ()]+)?$/.exec(expression)?.[1]?.replaceAll("''", "'");
  const bare = text ?? expression;
  const isNumber = /^-?\d+(\.\d+)?$/.test(bare) && Number.isFinite(Number(bare));
  if (type.kind === "boolean")
    return /^(1|true|t)$/i.test(bare) ? [is(true)] : /^(0|false|f)$/i.test(bare) ? [is(false)] : [];
  if (texts.has(type.kind)) return text === undefined ? [] : [is(text)];
  if (type.kind === "decimal") return !isNumber ? [] : [is(type.mode === "string" ? bare : Number(bare))];
  if (type.kind === "bigInteger") return isNumber && Number.isSafeInteger(Number(bare)) ? [is(Number(bare))] : [];
  if (type.kind === "specific" && text !== undefined) return value === "string" ? [is(text)] : [];
  const isCounted = numbers.has(type.kind) || (type.kind === "specific" && value === "number");
  return isCounted && isNumber ? [is(Number(bare))] : [];
}

function is(value: string | number | boolean): SaidDefault {
  return { kind: "literal", value };
}

/** `now` of the model is asked for where the expression looks like the time of day at all. */
function nowSayings(expression: string, { kind }: ColumnType): readonly Saying[] {
  const isMoment = kind === "date" || kind === "time" || kind === "datetime" || kind === "timestamp";
  return isMoment && /now|current|utc|time|date/i.test(expression) ? [{ kind: "now" }] : [];
}
