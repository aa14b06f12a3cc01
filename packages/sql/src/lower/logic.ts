import { AndNode, OrNode, ParensNode, ValueNode, type OperationNode } from "kysely";

/** Engines bound the depth of an expression, and a chain of `and` nests once for each term. */
const chainLength = 32;

/**
 * Joins conditions. Long lists become groups of groups, so that thousands of them stay within the depth an engine parses.
 * No condition at all is true for `and` and false for `or`.
 */
export function joinConditions(operator: "and" | "or", conditions: readonly OperationNode[]): OperationNode {
  const first = conditions[0];
  if (first === undefined) return ValueNode.createImmediate(operator === "and");
  if (conditions.length === 1) return first;
  if (conditions.length <= chainLength) return chain(operator, conditions);
  const size = Math.ceil(conditions.length / chainLength);
  const groups: OperationNode[] = [];
  for (let start = 0; start < conditions.length; start += size) {
    groups.push(ParensNode.create(joinConditions(operator, conditions.slice(start, start + size))));
  }
  return chain(operator, groups);
}

function chain(operator: "and" | "or", conditions: readonly OperationNode[]): OperationNode {
  const node = operator === "and" ? AndNode : OrNode;
  return conditions.reduce((left, right) => node.create(left, right));
}
