import type { ComparisonOperator, Expression } from "@mortise/core/adapter";
import type { Template } from "../command.ts";
import { Slot } from "../slot.ts";
import { truth } from "./condition.ts";
import { conjuncts } from "./conjuncts.ts";
import { isList } from "./list-column.ts";
import type { Scope } from "./scope.ts";
import { encoded, listSlot } from "./value.ts";

/** Whether a condition is about one document at most: it says what its `_id` equals. */
export function namesOne(where: Expression | undefined, scope: Scope): boolean {
  return conjuncts(where).some(
    (one) =>
      one.kind === "comparison" &&
      one.operator === "=" &&
      one.right.kind === "parameter" &&
      rootField(one.left, scope) === "_id",
  );
}

/** What a list without entries matches: nothing. */
const nothing = { $in: [] };

const comparisons: Readonly<Record<ComparisonOperator, (value: unknown) => unknown>> = {
  "=": (value) => ({ $eq: value }),
  "<>": (value) => ({ $nin: [value, null] }),
  "<": (value) => ({ $lt: value }),
  "<=": (value) => ({ $lte: value }),
  ">": (value) => ({ $gt: value }),
  ">=": (value) => ({ $gte: value }),
};

/** Conditions split into those that the query language says, which indexes serve, and the rest. */
export interface SplitFilter {
  readonly simple: readonly Template[];
  readonly rest: readonly Expression[];
}

export function splitFilter(where: Expression | undefined, scope: Scope): SplitFilter {
  const simple: Template[] = [];
  const rest: Expression[] = [];
  for (const one of conjuncts(where)) {
    const filter = simpleFilter(one, scope);
    if (filter !== undefined) simple.push(filter);
    else {
      const wider = pathFilter(one, scope);
      if (wider !== undefined) simple.push(wider);
      rest.push(one);
    }
  }
  return { simple, rest };
}

/**
 * A path as the query language has it, which indexes serve. It looks into arrays on its way, so that it finds more than was asked for: the
 * condition itself stands behind it.
 */
function pathFilter(node: Expression, scope: Scope): Template | undefined {
  if (node.kind !== "jsonCompare" || node.operator === "<>") return undefined;
  const { operand, operator, value } = node;
  const field = rootField(operand.operand, scope);
  if (field === undefined || operand.names === undefined) return undefined;
  return { [[field, ...operand.names].join(".")]: new Slot(value.slot, comparisons[operator], "hidden") };
}

/** A condition in the query language, where a column of the document stands against values alone. */
function simpleFilter(node: Expression, scope: Scope): Template | undefined {
  switch (node.kind) {
    case "comparison": {
      const field = rootField(node.left, scope);
      const { right, operator } = node;
      if (field === undefined || right.kind !== "parameter" || isList(node.left)) return undefined;
      const encode = encoded(right);
      return { [field]: new Slot(right.slot, (given) => againstNull(encode(given), comparisons[operator]), encode) };
    }
    case "nullTest": {
      const field = rootField(node.operand, scope);
      if (field === undefined || isList(node.operand)) return undefined;
      return { [field]: node.negated ? { $ne: null } : { $eq: null } };
    }
    case "in": {
      const field = rootField(node.operand, scope);
      if (field === undefined || node.list.kind !== "list" || node.negated || isList(node.operand)) return undefined;
      return { [field]: listSlot(node.list, (values) => ({ $in: values.filter((one) => one !== null) })) };
    }
    case "or": {
      const all = node.operands.map((one) => simpleFilter(one, scope));
      const known = all.filter((one) => one !== undefined);
      return known.length === all.length && known.length > 0 ? { $or: known } : undefined;
    }
    case "and": {
      const all = node.operands.map((one) => simpleFilter(one, scope));
      const known = all.filter((one) => one !== undefined);
      return known.length === all.length && known.length > 0 ? { $and: known } : undefined;
    }
    default:
      return undefined;
  }
}

function againstNull(value: unknown, test: (value: unknown) => unknown): unknown {
  return value === null ? nothing : test(value);
}

function rootField(node: Expression, scope: Scope): string | undefined {
  if (node.kind !== "column" || !scope.isRoot(node.table)) return undefined;
  return scope.column(node.table, node.model, node.column).slice(1);
}

/** The stages that keep the documents of a condition. */
export function matchStages(where: Expression | undefined, scope: Scope): readonly Template[] {
  const { simple, rest } = splitFilter(where, scope);
  const stages: Template[] = simple.length === 0 ? [] : [{ $match: allOf(simple) }];
  if (rest.length === 0) return stages;
  const $expr = { $and: rest.map((one) => truth(one, scope)) };
  return [...stages, ...scope.pending.splice(0), { $match: { $expr } }];
}

export function allOf(filters: readonly Template[]): Template {
  const [only, ...others] = filters;
  if (only === undefined) return {};
  return others.length === 0 ? only : { $and: filters };
}
