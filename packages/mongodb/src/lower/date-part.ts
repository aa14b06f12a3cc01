import type { DatePart, Expression } from "@mortise/core/adapter";
import type { Scope } from "./scope.ts";

type DatePartNode = Extract<Expression, { kind: "datePart" }>;

const numbers: Partial<Readonly<Record<DatePart, readonly [operator: string, from: number, length: number]>>> = {
  year: ["$year", 0, 4],
  month: ["$month", 5, 2],
  day: ["$dayOfMonth", 8, 2],
};

/** A part of an instant, which is a BSON date, or of a day, which is text. */
export function datePart({ part, operand }: DatePartNode, scope: Scope): unknown {
  const input = scope.lower.value(operand, scope);
  const isText = operand.column.definition.type.kind === "date" || operand.column.definition.type.kind === "time";
  const number = numbers[part];
  if (number !== undefined) {
    const [operator, from, length] = number;
    return isText ? whenThere(input, { $toInt: { $substrCP: [input, from, length] } }) : { [operator]: input };
  }
  if (isText) return part === "time" ? whenThere(input, { $substrCP: [input, 0, 8] }) : input;
  const format = part === "date" ? "%Y-%m-%d" : "%H:%M:%S";
  return { $dateToString: { date: input, format, onNull: null } };
}

function whenThere(input: unknown, then: unknown): unknown {
  return { $cond: [{ $gt: [input, null] }, then, null] };
}
