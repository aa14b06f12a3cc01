import type { SelectStatement } from "@mortise/core/adapter";
import type { SelectQueryNode } from "kysely";
import { insideSelect } from "./inside-select.ts";
import type { Lowering } from "./lowering.ts";
import { lowerOrderBy } from "./order-by.ts";
import { lowerCore, lowerEnd } from "./select-parts.ts";
import { lowerCompound } from "./set-operation.ts";

/** Lowers a query, with or without set operations, at any depth. */
export function lowerSelect(statement: SelectStatement, outer: Lowering): SelectQueryNode {
  const lowering = insideSelect(statement, outer);
  if (statement.setOperations.length > 0) return lowerCompound(statement, lowering);
  const order = statement.orderBy.flatMap((item) => lowerOrderBy(item, lowering));
  return { ...lowerCore(statement, lowering), ...lowerEnd(statement, order, lowering) };
}
