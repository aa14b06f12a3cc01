import type { Expression, OrderBy } from "@mortise/core/adapter";
import { OrderByItemNode, RawNode, type OperationNode } from "kysely";
import { lower, type Lowering } from "./lowering.ts";
import { orderKeyOf } from "./order-key.ts";
import { template } from "./template.ts";

/** One item of `order by`, or two where the place of nulls has to be spelled as an order of its own. */
export function lowerOrderBy(item: OrderBy, lowering: Lowering): readonly OrderByItemNode[] {
  const key = orderKeyOf([item.expression], lowering);
  const node = key(lower(item.expression, lowering));
  return isNeverNull(item.expression, lowering) ? [orderItem(node, item.direction)] : orderByNode(node, item, lowering);
}

/** A column whose nulls need no place in the order, so that an index may serve it. */
function isNeverNull(expression: Expression, { full }: Lowering): boolean {
  return expression.kind === "column" && !expression.column.definition.nullable && full.has(expression.table);
}

/** Nulls sort first ascending and last descending unless said otherwise. */
export function orderByNode(
  node: OperationNode,
  item: Pick<OrderBy, "direction" | "nulls">,
  lowering: Lowering,
): readonly OrderByItemNode[] {
  const { direction } = item;
  const wanted = item.nulls ?? (direction === "asc" ? "first" : "last");
  const { ascending, clause } = lowering.dialect.nulls;
  const natural = direction === "asc" ? ascending : opposite[ascending];
  const ordered = orderItem(node, direction);
  if (wanted === natural) return [ordered];
  if (clause) return [OrderByItemNode.cloneWith(ordered, { nulls: wanted })];
  const nullsLast = template`${node} is null`;
  const first = wanted === "first" ? RawNode.createWithSql("desc") : undefined;
  return [OrderByItemNode.create(nullsLast, first), ordered];
}

function orderItem(node: OperationNode, direction: OrderBy["direction"]): OrderByItemNode {
  return OrderByItemNode.create(node, direction === "asc" ? undefined : RawNode.createWithSql("desc"));
}

const opposite = { first: "last", last: "first" } as const;
