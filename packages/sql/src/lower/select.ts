import type { SelectStatement } from "@mortise/core/adapter";
import type { SelectQueryNode } from "kysely";
import type { Lowering } from "./lowering.ts";
import { lowerOrderBy } from "./order-by.ts";
import { lowerCore, lowerEnd } from "./select-parts.ts";
import { lowerCompound } from "./set-operation.ts";

/** Lowers a query, with or without set operations, at any depth. */
export function lowerSelect(statement: SelectStatement, outer: Lowering): SelectQueryNode {
  const lowering = { ...outer, bare: undefined, full: tablesWithoutNullRows(statement) };
  if (statement.setOperations.length > 0) return lowerCompound(statement, lowering);
  const order = statement.orderBy.flatMap((item) => lowerOrderBy(item, lowering));
  return { ...lowerCore(statement, lowering), ...lowerEnd(statement, order, lowering) };
}

/** The tables whose rows no outer join replaces by nulls. */
function tablesWithoutNullRows({ from, joins }: SelectStatement): ReadonlySet<string> {
  const full = new Set<string>();
  if (from.kind !== "none") full.add(from.alias);
  for (const { type, source } of joins) {
    if (type === "right" || type === "full") full.clear();
    if (type !== "left" && type !== "full" && source.kind !== "none") full.add(source.alias);
  }
  return full;
}
