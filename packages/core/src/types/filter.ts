export const operators = [
  "=",
  "!=",
  "<>",
  "<",
  "<=",
  ">",
  ">=",
  "like",
  "not like",
  "ilike",
  "not ilike",
  "in",
  "not in",
  "is",
  "is not",
  "between",
  "not between",
  "regexp",
] as const;

/** Every operator `where` takes. A closed list, checked at run time too. */
export type Operator = (typeof operators)[number];
/** Operators with one scalar on the right. */
export type ScalarOperator = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=" | "is" | "is not";
export type TextOperator = "like" | "not like" | "ilike" | "not ilike" | "regexp";
export type ListOperator = "in" | "not in";
export type RangeOperator = "between" | "not between";
