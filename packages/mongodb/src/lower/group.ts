import { printExpression, type AggregateNode, type Expression, type SelectStatement } from "@mortise/core/adapter";
import type { Template } from "../command.ts";
import type { Scope } from "./scope.ts";

/** Whether a statement gives one row for each group, or one for all. */
export function isGrouped({ groupBy, having, selections, orderBy }: SelectStatement): boolean {
  if (groupBy.length > 0 || having !== undefined) return true;
  return [...selections, ...orderBy].some(({ expression }) => aggregatesOf(expression).length > 0);
}

/** The aggregates inside an expression; a subquery keeps its own. */
export function aggregatesOf(node: Expression): readonly AggregateNode[] {
  switch (node.kind) {
    case "aggregate":
      return [node];
    case "arithmetic":
    case "comparison":
      return [...aggregatesOf(node.left), ...aggregatesOf(node.right)];
    case "and":
    case "or":
    case "coalesce":
      return node.operands.flatMap(aggregatesOf);
    case "not":
    case "nullTest":
    case "in":
    case "like":
    case "regexp":
      return aggregatesOf(node.operand);
    case "between":
      return [node.operand, node.low, node.high].flatMap(aggregatesOf);
    default:
      return [];
  }
}

/** The stages that group documents; afterwards the scope knows aggregates and grouped expressions as fields. */
export function groupStages(statement: SelectStatement, scope: Scope): readonly Template[] {
  const found = new Map<string, AggregateNode>();
  const all = [...statement.selections, ...statement.orderBy].map(({ expression }) => expression);
  if (statement.having !== undefined) all.push(statement.having);
  for (const one of all.flatMap(aggregatesOf)) found.set(printExpression(one), one);
  const keys = new Map(statement.groupBy.map((one, at) => [printExpression(one), [`k${at}`, one] as const]));
  const id = Object.fromEntries([...keys.values()].map(([field, one]) => [field, scope.lower.value(one, scope)]));
  const aggregates = [...found].map(([text, node], at) => [text, accumulate(node, `a${at}`, scope)] as const);
  const $group: Template = {
    _id: keys.size === 0 ? null : id,
    ...Object.assign({}, ...aggregates.map(([, { accumulators }]) => accumulators)),
  };
  const results = new Map<string, unknown>(aggregates.map(([text, { result }]) => [text, result]));
  for (const [text, [field]] of keys) results.set(text, { $ifNull: [`$_id.${field}`, null] });
  const stages = [...scope.pending.splice(0), { $group }];
  scope.grouped = (node) => results.get(printExpression(node));
  return stages;
}

interface Accumulated {
  readonly accumulators: Template;
  readonly result: unknown;
}

/** An aggregate over what is not null, as SQL means it. */
function accumulate({ name, operand, distinct }: AggregateNode, field: string, scope: Scope): Accumulated {
  if (operand === undefined) return { accumulators: { [field]: { $sum: 1 } }, result: `$${field}` };
  const input = scope.lower.value(operand, scope);
  const isThere = { $cond: [{ $gt: [input, null] }, 1, 0] };
  if (distinct) {
    const present = { $filter: { input: `$${field}`, as: "one", cond: { $gt: ["$$one", null] } } };
    return { accumulators: { [field]: { $addToSet: input } }, result: overSet(name, present, averageScale(operand)) };
  }
  switch (name) {
    case "count":
      return { accumulators: { [field]: { $sum: isThere } }, result: `$${field}` };
    case "sum":
      return {
        accumulators: { [field]: { $sum: input }, [`${field}n`]: { $sum: isThere } },
        result: { $cond: [{ $eq: [`$${field}n`, 0] }, null, `$${field}`] },
      };
    case "avg": {
      const scale = averageScale(operand);
      if (scale === undefined) return overAll(name, input, field);
      return {
        accumulators: { [field]: { $sum: input }, [`${field}n`]: { $sum: isThere } },
        result: decimalAverage(`$${field}`, `$${field}n`, scale),
      };
    }
    case "min":
    case "max":
      return overAll(name, input, field);
  }
}

/** An operator that leaves out what is null by itself. */
function overAll(name: AggregateNode["name"], input: unknown, field: string): Accumulated {
  return { accumulators: { [field]: { [`$${name}`]: input } }, result: { $ifNull: [`$${field}`, null] } };
}

/** How many digits behind the point an average has, as on the other engines; `undefined` where it is no decimal. */
function averageScale(operand: Expression): number | undefined {
  const type =
    operand.kind === "column" ? operand.column.definition.type : operand.kind === "name" ? operand.type : undefined;
  return type?.kind === "decimal" ? Math.max(type.scale ?? 30, 16) : undefined;
}

/** Not `$avg`, which goes on to 34 digits, and on some servers makes a double of them. */
function decimalAverage(sum: unknown, count: unknown, scale: number): unknown {
  return { $cond: [{ $eq: [count, 0] }, null, { $round: [{ $divide: [sum, count] }, scale] }] };
}

function overSet(name: AggregateNode["name"], present: unknown, scale: number | undefined): unknown {
  if (name === "count") return { $size: present };
  if (name === "avg" && scale !== undefined) return decimalAverage({ $sum: present }, { $size: present }, scale);
  const over = { [`$${name}`]: present };
  return name === "sum" ? { $cond: [{ $eq: [{ $size: present }, 0] }, null, over] } : { $ifNull: [over, null] };
}

/** The row that aggregates give of nothing: counts are 0, everything else is null. */
export function emptyRow(statement: SelectStatement): readonly unknown[] | undefined {
  if (statement.groupBy.length > 0 || statement.having !== undefined || !isGrouped(statement)) return undefined;
  return statement.selections.map(({ expression }) => ofNothing(expression));
}

function ofNothing(node: Expression): unknown {
  if (node.kind === "aggregate") return node.name === "count" ? 0 : null;
  if (node.kind === "literal") return node.value;
  if (node.kind === "coalesce") return node.operands.map(ofNothing).find((one) => one !== null) ?? null;
  return null;
}
