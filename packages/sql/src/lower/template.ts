import { RawNode, type OperationNode } from "kysely";

/**
 * SQL text of our own around nodes: `` template`cast(${node} as integer)` ``.
 *
 * Only a template literal can call it, so the text is always a constant of this source.
 */
export function template(texts: TemplateStringsArray, ...nodes: readonly OperationNode[]): RawNode {
  return RawNode.create(texts, nodes);
}

/** Nodes with a comma between them. */
export function commaList(nodes: readonly OperationNode[]): RawNode {
  const texts = ["", ...nodes.slice(1).map(() => ", "), ""];
  return RawNode.create(nodes.length === 0 ? [""] : texts, nodes);
}
