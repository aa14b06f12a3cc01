import type { Expression } from "@mortise/core/adapter";

/** Whether a column may hold a list: the query language and lookups look into lists, which a comparison of columns does not mean. */
export function isList(node: Expression): boolean {
  if (node.kind !== "column") return false;
  const { kind } = node.column.definition.type;
  return kind === "array" || kind === "set" || kind === "json" || kind === "jsonb" || kind === "any";
}
