import {
  UnsupportedError,
  type ColumnNode,
  type FullTextNode,
  type JsonCompareNode,
  type LikeNode,
  type RegexpNode,
} from "@mortise/core/adapter";
import type { OperationNode } from "kysely";
import { lower, lowerAll, lowerOperand, parameterOf, type Lowering } from "./lowering.ts";
import { template } from "./template.ts";

export function lowerLike(node: LikeNode, lowering: Lowering): OperationNode {
  const matched = lowering.dialect.like({
    operand: lowerOperand(node.operand, lowering),
    pattern: parameterOf(node.pattern, lowering),
    match: node.match,
    caseSensitive: node.caseSensitive,
  });
  return node.negated ? template`not (${matched})` : matched;
}

export function lowerRegexp(node: RegexpNode, lowering: Lowering): OperationNode {
  return lowering.dialect.regexp(lowerOperand(node.operand, lowering), parameterOf(node.pattern, lowering));
}

/** A column as the document that JSON questions are asked of. */
export function lowerDocument(node: ColumnNode, lowering: Lowering): OperationNode {
  const operand = lower(node, lowering);
  return lowering.dialect.json.document?.(operand, node.column.definition.type) ?? operand;
}

export function lowerJsonCompare(node: JsonCompareNode, lowering: Lowering): OperationNode {
  return lowering.dialect.json.compare(
    lowerDocument(node.operand.operand, lowering),
    parameterOf(node.operand.path, lowering),
    node.operator,
    parameterOf(node.value, lowering),
  );
}

export function lowerFullText(node: FullTextNode, lowering: Lowering): OperationNode {
  const { fullText, name } = lowering.dialect;
  if (fullText === undefined) {
    throw new UnsupportedError({
      capability: "Full-text search",
      adapter: name,
      alternative: "Use whereContains, or write the search of your database with whereRaw.",
    });
  }
  return fullText(lowerAll(node.columns, lowering), parameterOf(node.text, lowering));
}
