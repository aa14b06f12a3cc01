import {
  InvalidQueryError,
  type BetweenNode,
  type ComparisonNode,
  type Expression,
  type InNode,
} from "@mortise/core/adapter";
import { BinaryOperationNode, OperatorNode, type OperationNode } from "kysely";
import { lowerOperand, parameterOf, type Lowering } from "./lowering.ts";
import { orderKeyOf } from "./order-key.ts";
import { template } from "./template.ts";

export function lowerComparison(node: ComparisonNode, lowering: Lowering): OperationNode {
  const { left, operator, right } = node;
  refuseEncrypted([left, right]);
  const ordered = operator !== "=" && operator !== "<>";
  const nodes = [left, right].map((side) => lowerOperand(side, lowering));
  if (ordered) return binary(nodes.map(orderKeyOf([left, right], lowering)), operator);
  return binary(nodes, operator);
}

export function lowerBetween(node: BetweenNode, lowering: Lowering): OperationNode {
  const sides = [node.operand, node.low, node.high];
  refuseEncrypted(sides);
  const key = orderKeyOf(sides, lowering);
  const [operand, low, high] = sides.map((side) => key(lowerOperand(side, lowering)));
  if (operand === undefined || low === undefined || high === undefined) throw new TypeError("between has three sides.");
  return node.negated
    ? template`${operand} not between ${low} and ${high}`
    : template`${operand} between ${low} and ${high}`;
}

export function lowerIn(node: InNode, lowering: Lowering): OperationNode {
  refuseEncrypted([node.operand, node.list]);
  const operand = lowerOperand(node.operand, lowering);
  if (node.list.kind === "subquery") {
    const query = lowering.select(node.list.query, lowering);
    return node.negated ? template`${operand} not in ${query}` : template`${operand} in ${query}`;
  }
  const found = lowering.dialect.inList(operand, parameterOf(node.list, lowering));
  return node.negated ? template`not (${found})` : found;
}

function binary(nodes: readonly OperationNode[], operator: ComparisonNode["operator"]): OperationNode {
  const [left, right] = nodes;
  if (left === undefined || right === undefined) throw new TypeError("A comparison has two sides.");
  return BinaryOperationNode.create(left, OperatorNode.create(operator), right);
}

/** Every write of an encrypted value is different, so that no comparison with one could ever be true. */
function refuseEncrypted(sides: readonly Expression[]): void {
  for (const side of sides) {
    if (side.kind !== "column" || side.column.definition.type.kind !== "encrypted") continue;
    const name = `${side.model.table}.${side.column.property}`;
    throw new InvalidQueryError(`${name} is encrypted and can only be tested for null.`, {
      model: side.model.table,
      column: side.column.property,
    });
  }
}
