import type { OrderBy } from "@mortise/core/adapter";
import { OrderByItemNode, RawNode, type OperationNode } from "kysely";
import { lower, type Lowering } from "./lowering.ts";
import { orderKeyOf } from "./order-key.ts";
import { template } from "./template.ts";

/** One item of `order by`, or two where the place of nulls has to be spelled as an order of its own. */
export function lowerOrderBy(item: OrderBy, lowering: Lowering): readonly OrderByItemNode[] {
  const key = orderKeyOf([item.expression], lowering);
  return orderByNode(key(lower(item.expression, lowering)), item, lowering);
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
  const ordered = OrderByItemNode.create(node, direction === "asc" ? undefined : RawNode.createWithSql("desc"));
  if (wanted === natural) return [ordered];
  if (clause) return [OrderByItemNode.cloneWith(ordered, { nulls: wanted })];
  const nullsLast = template`${node} is null`;
  const first = wanted === "first" ? RawNode.createWithSql("desc") : undefined;
  return [OrderByItemNode.create(nullsLast, first), ordered];
}

const opposite = { first: "last", last: "first" } as const;
