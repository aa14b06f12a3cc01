import type { SelectStatement } from "@mortise/core/adapter";
import type { Lowering } from "./lowering.ts";

/** What is carried along inside a query. */
export function insideSelect(statement: SelectStatement, outer: Lowering): Lowering {
  return { ...outer, bare: undefined, full: tablesWithoutNullRows(statement) };
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
