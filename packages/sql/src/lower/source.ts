import { assertNever, type Source } from "@mortise/core/adapter";
import { AliasNode, IdentifierNode, TableNode, type OperationNode } from "kysely";
import type { Lowering } from "./lowering.ts";

/** A table of `from` or `join` with its alias. */
export function lowerSource(source: Exclude<Source, { kind: "none" }>, lowering: Lowering): OperationNode {
  switch (source.kind) {
    case "model": {
      const { schema } = source.model.options;
      return aliased(tableNode(source.model.table, schema), source.alias, schema ? undefined : source.model.table);
    }
    case "table":
      return aliased(TableNode.create(source.name), source.alias, source.name);
    case "derived":
      return aliased(lowering.select(source.query, lowering), source.alias, undefined);
    default:
      return assertNever(source);
  }
}

export function tableNode(table: string, schema: string | undefined): TableNode {
  return schema === undefined ? TableNode.create(table) : TableNode.createWithSchema(schema, table);
}

/** A table keeps its own name where that is its alias. */
function aliased(node: OperationNode, alias: string, ownName: string | undefined): OperationNode {
  return alias === ownName ? node : AliasNode.create(node, IdentifierNode.create(alias));
}
