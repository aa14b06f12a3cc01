import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import type { ColumnNode, ComparisonOperator, DatePart, Expression, ValuePlace } from "../operation/expression.ts";
import { requireComparison } from "./condition.ts";
import type { Appender, QueryState } from "./query-state.ts";
import { resolveColumn, type Resolved } from "./resolve-column.ts";

const DAY = 86_400_000;
const LAST_DAY = Date.UTC(9999, 11, 31);
const LAST_INSTANT = "9999-12-31T23:59:59.999999Z";
const numberPlace: ValuePlace = {
  type: { kind: "integer", unsigned: false },
  nullable: false,
  model: "",
  column: "date part",
};
const timePlace: ValuePlace = {
  type: { kind: "time", as: "string", precision: undefined },
  nullable: false,
  model: "",
  column: "time",
};

/** A column of a model, which date and JSON conditions need since they read its type. */
export function requireModelColumn(state: QueryState, name: unknown, what: string): Resolved & { node: ColumnNode } {
  const { node, key } = resolveColumn(state, name);
  if (node.kind === "column") return { node, key };
  throw new InvalidQueryError(`${what} needs a column of a model, and "${node.name}" is known by name only.`, {
    model: state.entry.info.table,
  });
}

/** The start of the UTC day that a value names. */
function startOfDay(state: QueryState, value: unknown): number {
  const text = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : undefined;
  const time = value instanceof Date ? value.getTime() : text === undefined ? Number.NaN : Date.parse(text);
  const start = Math.floor(time / DAY) * DAY;
  if (Number.isNaN(start) || (text !== undefined && !new Date(start).toISOString().startsWith(String(value)))) {
    throw new InvalidValueError("whereDate needs a Date or a text like 2024-12-31.", { model: state.entry.info.table });
  }
  return start;
}

/** `whereDate`: a range over the bare column, so that an index serves. */
export function dateCondition(
  state: QueryState,
  to: Appender,
  name: unknown,
  operatorGiven: unknown,
  value: unknown,
): Expression {
  const column = requireModelColumn(state, name, "whereDate");
  const operator = requireComparison(state, operatorGiven);
  const { type } = column.node.column.definition;
  if (type.kind !== "date" && type.kind !== "datetime" && type.kind !== "timestamp") {
    throw new InvalidQueryError(`whereDate needs a date or datetime column, and "${String(name)}" is none.`, {
      model: state.entry.info.table,
      column: String(name),
    });
  }
  const start = startOfDay(state, value);
  const place: ValuePlace = {
    type: { ...type, as: "date" },
    nullable: false,
    model: column.node.model.table,
    column: column.node.column.property,
  };
  to.key += `d${column.key}${operator}`;
  const compare = (how: ComparisonOperator, at: Date | string): Expression => ({
    kind: "comparison",
    left: column.node,
    operator: how,
    right: { kind: "parameter", slot: to.slot(at), place },
  });
  if (type.kind === "date") return compare(operator, new Date(start));
  if (start === LAST_DAY) to.key += "$";
  return dayRange(operator, start, compare);
}

/** The days of the calendar end with the year 9999: behind its last day stands its last instant, not the next day. */
function dayRange(
  operator: ComparisonOperator,
  start: number,
  compare: (how: ComparisonOperator, at: Date | string) => Expression,
): Expression {
  const from = () => compare(">=", new Date(start));
  const before = () => compare("<", new Date(start));
  const until = () => (start === LAST_DAY ? compare("<=", LAST_INSTANT) : compare("<", new Date(start + DAY)));
  const behind = () => (start === LAST_DAY ? compare(">", LAST_INSTANT) : compare(">=", new Date(start + DAY)));
  switch (operator) {
    case "=":
      return { kind: "and", operands: [from(), until()] };
    case "<>":
      return { kind: "or", operands: [before(), behind()] };
    case "<":
      return before();
    case "<=":
      return until();
    case ">":
      return behind();
    case ">=":
      return from();
  }
}

const methods = { year: "whereYear", month: "whereMonth", day: "whereDay", time: "whereTime" } as const;

/** A column has the parts of what it holds: a date has no time of day, a time no year. */
function requireKind(
  state: QueryState,
  { node }: Resolved & { node: ColumnNode },
  part: Exclude<DatePart, "date">,
): void {
  const { kind } = node.column.definition.type;
  if (kind === "datetime" || kind === "timestamp" || kind === (part === "time" ? "time" : "date")) return;
  throw new InvalidQueryError(
    `${methods[part]} needs a ${part === "time" ? "time" : "date"} or datetime column, and "${node.column.property}" is none.`,
    { model: state.entry.info.table, column: node.column.property },
  );
}

/** `whereYear` and its like: a part of the UTC date compared with a number, or the time of day with a text. */
export function datePartCondition(
  state: QueryState,
  to: Appender,
  part: Exclude<DatePart, "date">,
  name: unknown,
  operatorGiven: unknown,
  value: unknown,
): Expression {
  const column = requireModelColumn(state, name, methods[part]);
  requireKind(state, column, part);
  const operator = requireComparison(state, operatorGiven);
  const fits = part === "time" ? typeof value === "string" : Number.isSafeInteger(value);
  if (!fits) {
    throw new InvalidValueError(
      `The ${part} compared with column "${column.node.column.property}" must be a ${part === "time" ? "text like 13:30:00" : "whole number"}.`,
      { model: state.entry.info.table, column: column.node.column.property },
    );
  }
  to.key += `${part}${column.key}${operator}`;
  return {
    kind: "comparison",
    left: { kind: "datePart", part, operand: column.node },
    operator,
    right: { kind: "parameter", slot: to.slot(value), place: part === "time" ? timePlace : numberPlace },
  };
}
