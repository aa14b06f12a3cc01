import type { RowListNode, SelectStatement } from "@mortise/core/adapter";
import { AliasNode, IdentifierNode, SelectionNode, type OperationNode, type SelectQueryNode } from "kysely";
import type { RowQuery } from "../row-list.ts";
import { insideSelect } from "./inside-select.ts";
import { lower, type Lowering } from "./lowering.ts";
import { lowerOrderBy } from "./order-by.ts";

/** Lowers the rows of a relation to one JSON value, as the dialect spells it. */
export function lowerRowList({ query, type }: RowListNode, lowering: Lowering): OperationNode {
  const inner = insideSelect(query, lowering);
  const nodes = query.selections.map(({ expression }, at) => {
    const node = lower(expression, inner);
    const result = type.results[at];
    return result === undefined || result.kind === "rows"
      ? node
      : lowering.dialect.rowList.formOf(result).project(node);
  });
  const lists = type.results.filter((result) => result.kind === "rows").length;
  const width = nodes.length - lists;
  const rows: RowQuery = {
    columns: nodes.slice(0, width),
    lists: nodes.slice(width),
    inside: type.inside,
    ordered: type.ordered,
    order: query.orderBy.flatMap((item) => lowerOrderBy(item, inner)),
    limit: query.limit && lower(query.limit, inner),
    offset: query.offset && lower(query.offset, inner),
    whole: (row) => withSelection(lowering.select(bare(query), lowering), row),
    unordered: (row) => withSelection(lowering.select({ ...bare(query), ...uncut }, lowering), row),
  };
  return lowering.dialect.rowList.spell(rows);
}

const uncut = { orderBy: [], limit: undefined, offset: undefined };

/** The query without its columns, which the dialect makes one of. */
function bare(query: SelectStatement): SelectStatement {
  return { ...query, selections: [] };
}

function withSelection(query: SelectQueryNode, row: OperationNode): SelectQueryNode {
  return { ...query, selections: [SelectionNode.create(AliasNode.create(row, IdentifierNode.create("row")))] };
}
