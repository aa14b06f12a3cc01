import type { BetweenNode, ComparisonNode, InNode, SelectStatement } from "@mortise/core/adapter";
import { BinaryOperationNode, OperatorNode, RawNode, type OperationNode } from "kysely";
import type { Parameter } from "../dialect.ts";
import { lowerOperand, parameterOf, type Lowering } from "./lowering.ts";
import { orderKeyOf } from "./order-key.ts";
import { template } from "./template.ts";

export function lowerComparison(node: ComparisonNode, lowering: Lowering): OperationNode {
  const { left, operator, right } = node;
  const ordered = operator !== "=" && operator !== "<>";
  const nodes = [left, right].map((side) => lowerOperand(side, lowering));
  if (ordered) return binary(nodes.map(orderKeyOf([left, right], lowering)), operator);
  return binary(nodes, operator);
}

export function lowerBetween(node: BetweenNode, lowering: Lowering): OperationNode {
  const sides = [node.operand, node.low, node.high];
  const key = orderKeyOf(sides, lowering);
  const [operand, low, high] = sides.map((side) => key(lowerOperand(side, lowering)));
  if (operand === undefined || low === undefined || high === undefined) throw new TypeError("between has three sides.");
  return node.negated
    ? template`${operand} not between ${low} and ${high}`
    : template`${operand} between ${low} and ${high}`;
}

export function lowerIn(node: InNode, lowering: Lowering): OperationNode {
  const operand = lowerOperand(node.operand, lowering);
  if (node.list.kind === "subquery") {
    const query = lowerListQuery(node.list.query, lowering);
    return node.negated ? template`${operand} not in ${query}` : template`${operand} in ${query}`;
  }
  const found = inList(operand, parameterOf(node.list, lowering), lowering);
  return node.negated ? template`not (${found})` : found;
}

function inList(operand: OperationNode, list: Parameter, { dialect, lists: { met, size } }: Lowering): OperationNode {
  met.add(list.slot);
  if (size === undefined) return dialect.inList(operand, list);
  const entries = Array.from({ length: size }, (_, at) =>
    dialect.parameter({ ...list, encode: (values) => list.encode(entryOf(values, at)) }),
  );
  return template`${operand} in (${RawNode.create(["", ...entries.slice(1).map(() => ", "), ""], entries)})`;
}

/** A list is filled up with its last value. */
function entryOf(values: unknown, at: number): unknown {
  return Array.isArray(values) ? values[Math.min(at, values.length - 1)] : values;
}

/** A query behind `in`; one with a limit stands in a derived table where the engine takes it no other way. */
function lowerListQuery(statement: SelectStatement, lowering: Lowering): OperationNode {
  const query = lowering.select(statement, lowering);
  const isCut = statement.limit !== undefined || statement.offset !== undefined;
  return isCut && lowering.dialect.limitInList === false ? template`(select * from ${query} as cut)` : query;
}

function binary(nodes: readonly OperationNode[], operator: ComparisonNode["operator"]): OperationNode {
  const [left, right] = nodes;
  if (left === undefined || right === undefined) throw new TypeError("A comparison has two sides.");
  return BinaryOperationNode.create(left, OperatorNode.create(operator), right);
}
