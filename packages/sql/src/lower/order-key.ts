import type { Expression } from "@mortise/core/adapter";
import type { OperationNode } from "kysely";
import { firstType } from "./expression-type.ts";
import type { Lowering } from "./lowering.ts";

/** What the dialect compares instead of the stored form, where that does not sort by itself. */
export function orderKeyOf(
  expressions: readonly Expression[],
  lowering: Lowering,
): (node: OperationNode) => OperationNode {
  const type = firstType(expressions);
  return (type && lowering.dialect.orderKey(type)) ?? identity;
}

function identity(node: OperationNode): OperationNode {
  return node;
}
