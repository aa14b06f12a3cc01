import type { ComparisonOperator, Expression } from "@mortise/core/adapter";
import { jsonCompare, jsonContains } from "./json.ts";
import { isMember } from "./list.ts";
import { existsIn, lookupColumn } from "./lookup.ts";
import { patternSlot, regexpSlot } from "./pattern.ts";
import type { Scope } from "./scope.ts";
import { listSlot, path, value } from "./value.ts";

/**
 * SQL knows true, false and unknown, and MongoDB only two of them. So a condition is lowered twice: to what is true exactly when it is
 * true, and to what is true exactly when it is false. Nothing in between is needed, as `not` changes from one to the other.
 */
const operators: Readonly<Record<ComparisonOperator, string>> = {
  "=": "$eq",
  "<>": "$ne",
  "<": "$lt",
  "<=": "$lte",
  ">": "$gt",
  ">=": "$gte",
};

const opposites: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "=": "<>",
  "<>": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** Neither null nor missing. Not as `> null`, which some servers answer from an index that knows no such order. */
function isThere(operand: unknown): unknown {
  return { $ne: [{ $ifNull: [operand, null] }, null] };
}

/** What is true exactly when the condition is true. */
export function truth(node: Expression, scope: Scope): unknown {
  switch (node.kind) {
    case "and":
      return { $and: node.operands.map((one) => truth(one, scope)) };
    case "or":
      return { $or: node.operands.map((one) => truth(one, scope)) };
    case "not":
      return falsehood(node.operand, scope);
    case "comparison":
      return compare(node.operator, node.left, node.right, scope);
    case "nullTest":
      return node.negated ? isThere(value(node.operand, scope)) : { $eq: [value(node.operand, scope), null] };
    case "in":
      return node.negated ? notIn(node, scope) : isIn(node, scope);
    case "between":
      return node.negated ? outside(node, scope) : within(node, scope);
    case "like":
      return matches(node.operand, patternSlot(node), node.negated, scope);
    case "regexp":
      return matches(node.operand, regexpSlot(node), false, scope);
    case "exists":
      return node.negated ? { $not: [existsIn(node.query, scope)] } : existsIn(node.query, scope);
    case "member":
      return isMember(node, scope);
    case "jsonContains":
      return jsonContains(node, scope);
    case "jsonCompare":
      return jsonCompare(node, node.operator, scope);
    default:
      return { $eq: [value(node, scope), true] };
  }
}

/** What is true exactly when the condition is false. */
export function falsehood(node: Expression, scope: Scope): unknown {
  switch (node.kind) {
    case "and":
      return { $or: node.operands.map((one) => falsehood(one, scope)) };
    case "or":
      return { $and: node.operands.map((one) => falsehood(one, scope)) };
    case "not":
      return truth(node.operand, scope);
    case "comparison":
      return compare(opposites[node.operator], node.left, node.right, scope);
    case "nullTest":
    case "exists":
    case "in":
    case "between":
    case "like":
      return truth({ ...node, negated: !node.negated }, scope);
    case "regexp":
      return matches(node.operand, regexpSlot(node), true, scope);
    case "member":
      return { $not: [isMember(node, scope)] };
    case "jsonContains":
      return { $and: [isThere(value(node.operand, scope)), { $not: [jsonContains(node, scope)] }] };
    case "jsonCompare":
      return jsonCompare(node, opposites[node.operator], scope);
    default:
      return { $eq: [value(node, scope), false] };
  }
}

function compare(operator: ComparisonOperator, left: Expression, right: Expression, scope: Scope): unknown {
  const [a, b] = [path(left, scope), path(right, scope)];
  // What is equal to something that is there is there, too.
  if (operator === "=") return { $and: [{ $eq: [a, b] }, isThere(a)] };
  return { $and: [{ [operators[operator]]: [a, b] }, isThere(a), isThere(b)] };
}

type InNode = Extract<Expression, { kind: "in" }>;

function isIn({ operand, list }: InNode, scope: Scope): unknown {
  const a = path(operand, scope);
  if (list.kind === "subquery") return { $and: [isThere(a), { $in: [a, lookupColumn(list.query, scope)] }] };
  return { $and: [isThere(a), { $in: [a, { $literal: listSlot(list, withoutNull) }] }] };
}

/** Nothing is outside of a list with null in it, and everything, null too, is outside of an empty one. */
function notIn({ operand, list }: InNode, scope: Scope): unknown {
  const a = path(operand, scope);
  if (list.kind === "subquery") {
    const found = lookupColumn(list.query, scope);
    const apart = { $and: [isThere(a), { $not: [{ $in: [a, found] }] }, { $not: [{ $in: [null, found] }] }] };
    return { $or: [{ $eq: [{ $size: found }, 0] }, apart] };
  }
  const isEmpty = { $literal: listSlot(list, (values) => values.length === 0) };
  const isWhole = { $literal: listSlot(list, (values) => !values.includes(null)) };
  const apart = { $not: [{ $in: [a, { $literal: listSlot(list, withoutNull) }] }] };
  return { $or: [isEmpty, { $and: [isWhole, isThere(a), apart] }] };
}

function withoutNull(values: readonly unknown[]): readonly unknown[] {
  return values.filter((one) => one !== null);
}

type BetweenNode = Extract<Expression, { kind: "between" }>;

function within({ operand, low, high }: BetweenNode, scope: Scope): unknown {
  return { $and: [compare(">=", operand, low, scope), compare("<=", operand, high, scope)] };
}

function outside({ operand, low, high }: BetweenNode, scope: Scope): unknown {
  return { $or: [compare("<", operand, low, scope), compare(">", operand, high, scope)] };
}

function matches(operand: Expression, regex: unknown, negated: boolean, scope: Scope): unknown {
  const input = value(operand, scope);
  const match = { $regexMatch: { input, regex } };
  return negated ? { $and: [isThere(input), { $not: [match] }] } : { $and: [isThere(input), match] };
}
