import type { Selection } from "@mortise/core/adapter";
import { AliasNode, IdentifierNode, ReferenceNode, SelectionNode } from "kysely";
import { lower, type Lowering } from "./lowering.ts";

/** One result column, under the name by which the statement around it knows it. */
export function lowerSelection(selection: Selection, lowering: Lowering): SelectionNode {
  const { name, expression } = selection;
  const node = lower(expression, lowering);
  if (ReferenceNode.is(node) && ownName(selection) === name) return SelectionNode.create(node);
  return SelectionNode.create(AliasNode.create(node, IdentifierNode.create(name)));
}

function ownName({ expression }: Selection): string | undefined {
  if (expression.kind === "column") return expression.column.databaseName;
  return expression.kind === "name" ? expression.name : undefined;
}
