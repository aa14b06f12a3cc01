import type { ComparisonOperator, Expression } from "@mortise/core/adapter";
import { codecFor } from "../types.ts";
import { Slot } from "../slot.ts";
import type { Scope } from "./scope.ts";

type JsonPathNode = Extract<Expression, { kind: "jsonPath" }>;
type JsonContainsNode = Extract<Expression, { kind: "jsonContains" }>;
type JsonCompareNode = Extract<Expression, { kind: "jsonCompare" }>;

/** A value inside a document. The keys are the caller's, so that each of them is a literal. */
export function jsonPath({ operand, path }: JsonPathNode, scope: Scope): unknown {
  const input = scope.lower.value(operand, scope);
  return new Slot(path.slot, (steps) => {
    const inside = Array.isArray(steps) ? steps.reduce<unknown>((from, step) => stepInto(from, step), input) : input;
    return { $ifNull: [inside, null] };
  });
}

function stepInto(from: unknown, step: unknown): unknown {
  if (typeof step === "number") return { $cond: [{ $isArray: [from] }, { $arrayElemAt: [from, step] }, null] };
  const field = { $getField: { field: { $literal: String(step) }, input: from } };
  return { $cond: [{ $eq: [{ $type: from }, "object"] }, field, null] };
}

const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  "=": "$eq",
  "<>": "$ne",
  "<": "$lt",
  "<=": "$lte",
  ">": "$gt",
  ">=": "$gte",
};

/** Values of another type are neither equal nor in any order: the test says so for equality, and nothing holds for the rest. */
export function jsonCompare(node: JsonCompareNode, operator: ComparisonOperator, scope: Scope): unknown {
  const input = jsonPath(node.operand, scope);
  const other = { $literal: new Slot(node.value.slot, (given) => given) };
  const isThere = { $gt: [input, null] };
  if (operator === "=" || operator === "<>") return { $and: [isThere, { [comparisons[operator]]: [input, other] }] };
  return {
    $and: [isThere, { $eq: [typeClass(input), typeClass(other)] }, { [comparisons[operator]]: [input, other] }],
  };
}

function typeClass(input: unknown): unknown {
  return { $cond: [{ $isNumber: input }, "number", { $type: input }] };
}

/** Whether a document contains a value: every key of an object, every entry of a list, a scalar itself or as an entry. */
export function jsonContains({ operand, value: wanted }: JsonContainsNode, scope: Scope): unknown {
  const input = scope.lower.value(operand, scope);
  const encode = wanted.place === undefined ? (given: unknown) => given : codecFor(wanted.place).encode;
  return new Slot(wanted.slot, (given) => {
    const plain = encode(given);
    const isScalar = typeof plain !== "object" || plain === null;
    const entries = { $cond: [{ $isArray: [input] }, input, []] };
    const direct = contains(input, plain, 0);
    return isScalar ? { $or: [direct, { $in: [{ $literal: plain }, entries] }] } : direct;
  });
}

function contains(input: unknown, wanted: unknown, depth: number): unknown {
  if (Array.isArray(wanted)) {
    const name = `e${depth}`;
    const some = (entry: unknown) => ({
      $anyElementTrue: [{ $map: { input, as: name, in: contains(`$$${name}`, entry, depth + 1) } }],
    });
    return { $cond: [{ $isArray: [input] }, { $and: wanted.map(some) }, false] };
  }
  if (typeof wanted !== "object" || wanted === null) return { $eq: [input, { $literal: wanted }] };
  const all = Object.entries(wanted).map(([key, entry]) =>
    contains({ $getField: { field: { $literal: key }, input } }, entry, depth + 1),
  );
  return { $cond: [{ $eq: [{ $type: input }, "object"] }, { $and: all }, false] };
}

/** How many entries a list or keys an object has. */
export function jsonLength(input: unknown): unknown {
  const isObject = { $eq: [{ $type: input }, "object"] };
  const keys = { $size: { $objectToArray: { $cond: [isObject, input, {}] } } };
  return {
    $cond: [
      { $isArray: [input] },
      { $size: { $cond: [{ $isArray: [input] }, input, []] } },
      { $cond: [isObject, keys, null] },
    ],
  };
}
