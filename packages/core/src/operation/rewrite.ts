import { assertNever } from "./assert-never.ts";
import type { Expression, InNode, ListNode, OrderBy, ParameterNode } from "./expression.ts";
import type { Assignment, CommonTable, Join, SelectStatement, Selection, Source, Statement } from "./statement.ts";

/** What a rewrite does with each expression, after its children were rewritten. */
export interface ExpressionRewrite {
  (expression: Expression): Expression;
  /** What is done inside a query instead, where the tables that it names matter. */
  readonly inside?: (query: SelectStatement) => ExpressionRewrite;
}

/** A copy of an expression in which every expression, innermost first, went through `rewrite`. */
export function rewriteExpression<E extends Expression>(expression: E, rewrite: ExpressionRewrite): Expression {
  return rewrite(withChildren(expression, rewrite));
}

function withChildren(node: Expression, rewrite: ExpressionRewrite): Expression {
  const go = (child: Expression) => rewriteExpression(child, rewrite);
  switch (node.kind) {
    case "column":
    case "name":
    case "parameter":
    case "list":
    case "literal":
    case "random":
      return node;
    case "comparison":
    case "arithmetic":
      return { ...node, left: go(node.left), right: go(node.right) };
    case "nullTest":
    case "not":
      return { ...node, operand: go(node.operand) };
    case "and":
    case "or":
    case "coalesce":
      return { ...node, operands: node.operands.map(go) };
    case "raw":
      return { ...node, operands: node.operands.map(go) };
    case "in":
      return { ...node, operand: go(node.operand), list: rightOfIn(node.list, rewrite) };
    case "member":
      return { ...node, operand: go(node.operand), list: go(node.list) };
    case "listChange":
      return { ...node, operand: go(node.operand), entries: list1(go(node.entries)) };
    case "between":
      return { ...node, operand: go(node.operand), low: go(node.low), high: go(node.high) };
    case "like":
    case "regexp":
      return { ...node, operand: go(node.operand), pattern: parameter(go(node.pattern)) };
    case "exists":
    case "subquery":
    case "rowList":
      return { ...node, query: rewriteSelect(node.query, rewrite) };
    case "aggregate":
      return node.operand === undefined ? node : { ...node, operand: go(node.operand) };
    case "jsonPath":
      return { ...node, path: parameter(go(node.path)) };
    case "jsonContains":
      return { ...node, value: parameter(go(node.value)) };
    case "jsonCompare": {
      const path = { ...node.operand, path: parameter(go(node.operand.path)) };
      return { ...node, operand: path, value: parameter(go(node.value)) };
    }
    case "datePart":
    case "jsonLength":
      return node;
    case "fullText":
      return { ...node, text: parameter(go(node.text)) };
    case "rowNumber":
      return { ...node, partitionBy: node.partitionBy.map(go), orderBy: orders(node.orderBy, rewrite) };
    default:
      return assertNever(node);
  }
}

function rightOfIn(right: InNode["list"], rewrite: ExpressionRewrite): InNode["list"] {
  if (right.kind === "subquery") return { ...right, query: rewriteSelect(right.query, rewrite) };
  return list1(rewriteExpression(right, rewrite));
}

/** A rewrite may change a parameter but must leave it one, since its place in the tree allows nothing else. */
function parameter(node: Expression): ParameterNode {
  if (node.kind === "parameter") return node;
  throw new TypeError(`A rewrite put a ${node.kind} where only a parameter fits.`);
}

function list1(node: Expression): ListNode {
  if (node.kind === "list") return node;
  throw new TypeError(`A rewrite put a ${node.kind} where only a list fits.`);
}

function orders(orderBy: readonly OrderBy[], rewrite: ExpressionRewrite): readonly OrderBy[] {
  return orderBy.map((order) => ({ ...order, expression: rewriteExpression(order.expression, rewrite) }));
}

function optional(node: Expression | undefined, rewrite: ExpressionRewrite): Expression | undefined {
  return node === undefined ? undefined : rewriteExpression(node, rewrite);
}

function source<S extends Source>(node: S, rewrite: ExpressionRewrite): S {
  return node.kind === "derived" ? { ...node, query: rewriteSelect(node.query, rewrite) } : node;
}

function join(node: Join, rewrite: ExpressionRewrite): Join {
  return { ...node, source: source(node.source, rewrite), on: optional(node.on, rewrite) };
}

function selections(nodes: readonly Selection[], rewrite: ExpressionRewrite): readonly Selection[] {
  return nodes.map((node) => ({ ...node, expression: rewriteExpression(node.expression, rewrite) }));
}

function common(node: CommonTable, rewrite: ExpressionRewrite): CommonTable {
  return { ...node, query: rewriteSelect(node.query, rewrite) };
}

function assignment(node: Assignment, rewrite: ExpressionRewrite): Assignment {
  return node.value.kind === "excluded" ? node : { ...node, value: rewriteExpression(node.value, rewrite) };
}

/** A copy of a select in which every expression went through `rewrite`. */
export function rewriteSelect(node: SelectStatement, outer: ExpressionRewrite): SelectStatement {
  const rewrite = outer.inside?.(node) ?? outer;
  return {
    ...node,
    with: node.with.map((table) => common(table, rewrite)),
    from: source(node.from, rewrite),
    joins: node.joins.map((one) => join(one, rewrite)),
    selections: selections(node.selections, rewrite),
    distinctOn: node.distinctOn.map((one) => rewriteExpression(one, rewrite)),
    where: optional(node.where, rewrite),
    groupBy: node.groupBy.map((one) => rewriteExpression(one, rewrite)),
    having: optional(node.having, rewrite),
    setOperations: node.setOperations.map((one) => ({ ...one, query: rewriteSelect(one.query, rewrite) })),
    orderBy: orders(node.orderBy, rewrite),
    limit: optional(node.limit, rewrite),
    offset: optional(node.offset, rewrite),
  };
}

/** A copy of any statement in which every expression went through `rewrite`. */
export function rewriteStatement(node: Statement, rewrite: ExpressionRewrite): Statement {
  switch (node.kind) {
    case "select":
      return rewriteSelect(node, rewrite);
    case "explain":
      return { ...node, query: rewriteSelect(node.query, rewrite) };
    case "insert": {
      const update = node.conflict?.update?.map((one) => assignment(one, rewrite));
      return {
        ...node,
        rows: node.rows.map((row) => row.map((value) => optional(value, rewrite))),
        conflict: node.conflict === undefined ? undefined : { ...node.conflict, update },
        returning: selections(node.returning, rewrite),
      };
    }
    case "update":
      return {
        ...node,
        set: node.set.map((one) => assignment(one, rewrite)),
        where: optional(node.where, rewrite),
        returning: selections(node.returning, rewrite),
      };
    case "delete":
      return { ...node, where: optional(node.where, rewrite), returning: selections(node.returning, rewrite) };
    case "rawStatement":
      return { ...node, operands: node.operands.map((one) => parameter(rewriteExpression(one, rewrite))) };
    case "truncate":
      return node;
    default:
      return assertNever(node);
  }
}

/** A query of its own becomes part of another: its values are appended, so its slots move up. */
export function shiftSlots(node: SelectStatement, by: number): SelectStatement {
  return by === 0 ? node : rewriteSelect(node, shift(by));
}

export function shiftSlotsOf(node: Expression, by: number): Expression {
  return by === 0 ? node : rewriteExpression(node, shift(by));
}

function shift(by: number): ExpressionRewrite {
  return (expression) =>
    expression.kind === "parameter" || expression.kind === "list"
      ? { ...expression, slot: expression.slot + by }
      : expression;
}
