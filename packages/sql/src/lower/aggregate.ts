import type { AggregateNode, ArithmeticNode, RowNumberNode } from "@mortise/core/adapter";
import { AggregateFunctionNode, OrderByNode, RawNode, type OperationNode } from "kysely";
import { typeOf } from "./expression-type.ts";
import { lower, lowerAll, lowerOperand, type Lowering } from "./lowering.ts";
import { lowerOrderBy } from "./order-by.ts";
import { commaList, template } from "./template.ts";

export function lowerAggregate(node: AggregateNode, lowering: Lowering): OperationNode {
  const { name, operand, distinct } = node;
  if (operand === undefined) return template`count(*)`;
  const type = typeOf(operand);
  const special = type === undefined ? undefined : lowering.dialect.aggregate(name, type);
  if (typeof special === "function") {
    const counted = lower(operand, lowering);
    const extreme = name === "min" || name === "max";
    return special(distinct && !extreme ? template`distinct ${counted}` : counted);
  }
  const aggregate = AggregateFunctionNode.create(special ?? name, [lower(operand, lowering)]);
  return distinct ? AggregateFunctionNode.cloneWithDistinct(aggregate) : aggregate;
}

export function lowerArithmetic(node: ArithmeticNode, lowering: Lowering): OperationNode {
  const left = lowerOperand(node.left, lowering);
  const right = lowerOperand(node.right, lowering);
  const type = typeOf(node);
  const special = type === undefined ? undefined : lowering.dialect.arithmetic(type);
  if (special !== undefined) return special(left, node.operator, right);
  return node.operator === "+" ? template`${left} + ${right}` : template`${left} - ${right}`;
}

export function lowerRowNumber(node: RowNumberNode, lowering: Lowering): OperationNode {
  const partition = lowerAll(node.partitionBy, lowering);
  const order = node.orderBy.flatMap((item) => lowerOrderBy(item, lowering));
  const parts: OperationNode[] = [];
  if (partition.length > 0) parts.push(template`partition by ${commaList(partition)}`);
  if (order.length > 0) parts.push(OrderByNode.create(order));
  const gaps = parts.slice(1).map(() => " ");
  return RawNode.create(["row_number() over (", ...gaps, ")"], parts);
}
