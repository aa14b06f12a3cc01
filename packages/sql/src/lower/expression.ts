import { assertNever, type Expression, type RawNode as RawFragment } from "@mortise/core/adapter";
import {
  ColumnNode,
  ParensNode,
  RawNode,
  ReferenceNode,
  TableNode,
  UnaryOperationNode,
  OperatorNode,
  ValueNode,
  type OperationNode,
} from "kysely";
import { lowerAggregate, lowerArithmetic, lowerRowNumber } from "./aggregate.ts";
import { bindNode } from "./bind-node.ts";
import { lowerBetween, lowerComparison, lowerIn } from "./comparison.ts";
import { joinConditions } from "./logic.ts";
import { lower, lowerAll, lowerOperand, parameterOf, type Lowering } from "./lowering.ts";
import { lowerDocument, lowerFullText, lowerJsonCompare, lowerLike, lowerRegexp } from "./matching.ts";
import { lowerRowList } from "./row-list.ts";
import { commaList, template } from "./template.ts";

/** Lowers any expression to the nodes of the SQL compiler. */
export function lowerExpression(expression: Expression, lowering: Lowering): OperationNode {
  switch (expression.kind) {
    case "column":
      return reference(expression.table, expression.column.databaseName, lowering);
    case "name":
      return reference(expression.table, expression.name, lowering);
    case "parameter":
      return lowering.dialect.parameter(parameterOf(expression, lowering));
    case "list":
      throw new TypeError("A list of values stands only on the right side of in.");
    case "member":
    case "listChange":
      throw new TypeError("Entries of lists are refused before: no SQL adapter has the capability `listEntries`.");
    case "literal":
      return lowerLiteral(expression.value, lowering);
    case "raw":
      return lowerRaw(expression, lowering);
    case "subquery":
      return lowering.select(expression.query, lowering);
    case "aggregate":
      return lowerAggregate(expression, lowering);
    case "arithmetic":
      return lowerArithmetic(expression, lowering);
    case "rowNumber":
      return lowerRowNumber(expression, lowering);
    case "rowList":
      return lowerRowList(expression, lowering);
    case "coalesce":
      return template`coalesce(${commaList(lowerAll(expression.operands, lowering))})`;
    case "datePart": {
      const { part, operand } = expression;
      return lowering.dialect.datePart(part, lower(operand, lowering), operand.column.definition.type);
    }
    case "jsonPath":
      return lowering.dialect.json.path(
        lowerDocument(expression.operand, lowering),
        parameterOf(expression.path, lowering),
      );
    case "jsonLength":
      return lowering.dialect.json.length(lowerDocument(expression.operand, lowering));
    case "random":
      return lowering.dialect.random();
    default:
      return lowerCondition(expression, lowering);
  }
}

function lowerLiteral(value: string | number | boolean | null, { boundConstants }: Lowering): OperationNode {
  if (typeof value !== "boolean" || boundConstants !== true) return ValueNode.createImmediate(value);
  return bindNode(0, () => Number(value));
}

type Condition = Extract<
  Expression,
  {
    kind:
      | "comparison"
      | "nullTest"
      | "and"
      | "or"
      | "not"
      | "in"
      | "between"
      | "like"
      | "regexp"
      | "exists"
      | "jsonContains"
      | "jsonCompare"
      | "fullText";
  }
>;

function lowerCondition(condition: Condition, lowering: Lowering): OperationNode {
  switch (condition.kind) {
    case "comparison":
      return lowerComparison(condition, lowering);
    case "between":
      return lowerBetween(condition, lowering);
    case "in":
      return lowerIn(condition, lowering);
    case "nullTest": {
      const operand = lowerOperand(condition.operand, lowering);
      return condition.negated ? template`${operand} is not null` : template`${operand} is null`;
    }
    case "and":
    case "or": {
      const conditions = condition.operands.map((operand) => lowerTerm(operand, lowering));
      return joinConditions(condition.kind, conditions);
    }
    case "not":
      return template`not ${ParensNode.create(lower(condition.operand, lowering))}`;
    case "exists": {
      const operator = OperatorNode.create(condition.negated ? "not exists" : "exists");
      return UnaryOperationNode.create(operator, lowering.select(condition.query, lowering));
    }
    case "like":
      return lowerLike(condition, lowering);
    case "regexp":
      return lowerRegexp(condition, lowering);
    case "fullText":
      return lowerFullText(condition, lowering);
    case "jsonContains":
      return lowering.dialect.json.contains(
        lowerDocument(condition.operand, lowering),
        parameterOf(condition.value, lowering),
      );
    case "jsonCompare":
      return lowerJsonCompare(condition, lowering);
    default:
      return assertNever(condition);
  }
}

/** A term of `and` or `or`: a group, and the caller's text, stand in parentheses. */
function lowerTerm(term: Expression, lowering: Lowering): OperationNode {
  const node = lower(term, lowering);
  return term.kind === "and" || term.kind === "or" || term.kind === "raw" ? ParensNode.create(node) : node;
}

/** The caller's text; his values stay slots between its parts. */
function lowerRaw(raw: RawFragment, lowering: Lowering): OperationNode {
  return RawNode.create(raw.texts, lowerAll(raw.operands, lowering));
}

function reference(table: string | undefined, name: string, lowering: Lowering): ReferenceNode {
  const qualified = table !== undefined && table !== lowering.bare;
  return ReferenceNode.create(ColumnNode.create(name), qualified ? TableNode.create(table) : undefined);
}
