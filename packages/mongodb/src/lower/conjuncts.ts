import type { Expression } from "@mortise/core/adapter";

/** The conditions that hold together, each by itself. */
export function conjuncts(node: Expression | undefined): readonly Expression[] {
  if (node === undefined) return [];
  return node.kind === "and" ? node.operands.flatMap(conjuncts) : [node];
}

/** One condition of those that hold together, or none. */
export function conjunction(operands: readonly Expression[]): Expression | undefined {
  const [only, ...others] = operands;
  return others.length === 0 ? only : { kind: "and", operands };
}
