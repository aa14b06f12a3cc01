import { assertNever } from "@mortise/core/adapter";
import type { ColumnState } from "@mortise/core/state";
import type { Document } from "mongodb";
import type { Comparison, Condition, Term } from "./condition-parser.ts";
import { parseRule } from "./rule.ts";

const comparisons: Readonly<Record<Comparison, string>> = {
  "=": "$eq",
  "<>": "$ne",
  "<": "$lt",
  "<=": "$lte",
  ">": "$gt",
  ">=": "$gte",
};

/** An expression that is true where an SQL check would let a row through: where the condition is true or unknown. */
export function passes(condition: Condition): Document {
  switch (condition.kind) {
    case "and":
      return { $and: condition.all.map(passes) };
    case "or":
      return { $or: condition.all.map(passes) };
    case "not":
      return { $not: [isTrue(condition.one)] };
    case "null":
      return isNull(condition.value);
    case "compare": {
      const unknown = [condition.left, condition.right].filter(canBeNull).map(isNull);
      const known = compared(condition);
      return unknown.length === 0 ? known : { $or: [...unknown, known] };
    }
    default:
      return assertNever(condition);
  }
}

/** An expression that is true where the condition is, and not where it is unknown. */
function isTrue(condition: Condition): Document {
  switch (condition.kind) {
    case "and":
      return { $and: condition.all.map(isTrue) };
    case "or":
      return { $or: condition.all.map(isTrue) };
    case "not":
      return { $not: [passes(condition.one)] };
    case "null":
      return isNull(condition.value);
    case "compare": {
      const known = [condition.left, condition.right].filter(canBeNull).map((term) => ({ $not: [isNull(term)] }));
      return known.length === 0 ? compared(condition) : { $and: [...known, compared(condition)] };
    }
    default:
      return assertNever(condition);
  }
}

function compared({ operator, left, right }: Condition & { readonly kind: "compare" }): Document {
  return { [comparisons[operator]]: [valueOf(left), valueOf(right)] };
}

/** What is missing is null. */
function isNull(term: Term): Document {
  return { $eq: [{ $ifNull: [valueOf(term), null] }, null] };
}

function canBeNull(term: Term): boolean {
  switch (term.kind) {
    case "literal":
      return false;
    case "field":
      return true;
    case "call":
      return canBeNull(term.of);
    case "arithmetic":
      return canBeNull(term.left) || canBeNull(term.right);
    case "choice":
      return canBeNull(term.chosen) || canBeNull(term.otherwise);
    default:
      return assertNever(term);
  }
}

const arithmetic = { "+": "$add", "-": "$subtract", "*": "$multiply", "/": "$divide", "%": "$mod" } as const;
const calls = { lower: "$toLower", upper: "$toUpper", abs: "$abs" } as const;

function valueOf(term: Term): unknown {
  switch (term.kind) {
    case "field":
      return `$${term.name}`;
    case "literal":
      return typeof term.value === "string" ? { $literal: term.value } : term.value;
    case "call": {
      const of = valueOf(term.of);
      const call = term.name === "length" ? { $strLenCP: of } : { [calls[term.name]]: of };
      return { $cond: [isNull(term.of), null, call] };
    }
    case "arithmetic":
      return { [arithmetic[term.operator]]: [valueOf(term.left), valueOf(term.right)] };
    case "choice":
      return { $cond: [isTrue(term.when), valueOf(term.chosen), valueOf(term.otherwise)] };
    default:
      return assertNever(term);
  }
}

const everyType = "array binData bool date decimal double int long object objectId string".split(" ");

/** A filter as partial indexes take it, which know no negation; `undefined` where the condition needs more. */
export function holds(condition: Condition, columns: readonly ColumnState[]): Document | undefined {
  switch (condition.kind) {
    case "and":
      return allOf("$and", condition.all, columns);
    case "or":
      return allOf("$or", condition.all, columns);
    case "null":
      return condition.value.kind === "field" ? { [condition.value.name]: null } : undefined;
    case "not":
      return condition.one.kind === "null" ? hasValue(condition.one.value, columns) : undefined;
    case "compare": {
      const { left, right, operator } = condition;
      if (left.kind !== "field" || right.kind !== "literal" || operator === "<>") return undefined;
      return { [left.name]: { [comparisons[operator]]: right.value } };
    }
    default:
      return assertNever(condition);
  }
}

function allOf(operator: string, all: readonly Condition[], columns: readonly ColumnState[]): Document | undefined {
  const filters = all.map((one) => holds(one, columns));
  return filters.includes(undefined) ? undefined : { [operator]: filters };
}

function hasValue(term: Term, columns: readonly ColumnState[]): Document | undefined {
  if (term.kind !== "field") return undefined;
  const { types } = parseRule(columns.find(({ name }) => name === term.name)?.databaseType);
  return { [term.name]: { $type: types.length === 0 ? everyType : types } };
}
