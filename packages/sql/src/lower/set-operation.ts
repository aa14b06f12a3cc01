import { InvalidQueryError, type OrderBy, type SelectStatement, type SetOperator } from "@mortise/core/adapter";
import {
  AliasNode,
  ColumnNode,
  FromNode,
  IdentifierNode,
  ReferenceNode,
  SelectionNode,
  SetOperationNode,
  type OrderByItemNode,
  type SelectQueryNode,
} from "kysely";
import type { Lowering } from "./lowering.ts";
import { orderByNode } from "./order-by.ts";
import { orderKeyOf } from "./order-key.ts";
import { lowerCore, lowerEnd } from "./select-parts.ts";

/**
 * Lowers `a union b …`. The operations apply from left to right; as engines disagree on the precedence of `intersect`, what stands
 * before a change of operator becomes a derived table. Order and limit belong to the whole.
 */
export function lowerCompound(statement: SelectStatement, lowering: Lowering): SelectQueryNode {
  let compound = lowerCore(statement, lowering);
  let group: SetOperationNode[] = [];
  let previous: SetOperator | undefined;
  for (const { operator, query } of statement.setOperations) {
    if (previous !== undefined && binds(previous) !== binds(operator)) {
      compound = derived({ ...compound, setOperations: group });
      group = [];
    }
    group.push(SetOperationNode.create(...operatorParts[operator](lowerMember(query, lowering))));
    previous = operator;
  }
  compound = { ...compound, setOperations: group };
  if (statement.orderBy.length > 0) compound = derived(compound);
  const order = statement.orderBy.flatMap((item) => lowerCompoundOrder(item, statement, lowering));
  return { ...compound, ...lowerEnd(statement, order, lowering) };
}

/** A member with clauses of its own for the whole stands in a derived table: not every engine takes parentheses here. */
function lowerMember(query: SelectStatement, lowering: Lowering): SelectQueryNode {
  const plain =
    query.with.length === 0 &&
    query.setOperations.length === 0 &&
    query.orderBy.length === 0 &&
    query.limit === undefined &&
    query.offset === undefined;
  return plain ? lowerCore(query, lowering) : derived(lowering.select(query, lowering));
}

/** `select * from (query) as "rows"`. */
function derived(query: SelectQueryNode): SelectQueryNode {
  return {
    kind: "SelectQueryNode",
    from: FromNode.create([AliasNode.create(query, IdentifierNode.create("rows"))]),
    selections: [SelectionNode.createSelectAll()],
  };
}

function lowerCompoundOrder(item: OrderBy, statement: SelectStatement, lowering: Lowering): readonly OrderByItemNode[] {
  const name = resultName(item, statement);
  const key = orderKeyOf([item.expression], lowering);
  return orderByNode(key(ReferenceNode.create(ColumnNode.create(name))), item, lowering);
}

/** Behind a set operation only the result columns are left to order by. */
function resultName({ expression }: OrderBy, { selections }: SelectStatement): string {
  if (expression.kind === "name") return expression.name;
  const found = selections.find(
    (selection) =>
      expression.kind === "column" &&
      selection.expression.kind === "column" &&
      selection.expression.table === expression.table &&
      selection.expression.column === expression.column,
  );
  if (found !== undefined) return found.name;
  throw new InvalidQueryError("A union, intersect or except can be ordered only by columns that it selects.");
}

function binds(operator: SetOperator): "tight" | "loose" {
  return operator === "intersect" ? "tight" : "loose";
}

type SetOperationParts = Parameters<typeof SetOperationNode.create>;

const operatorParts: Readonly<Record<SetOperator, (query: SelectQueryNode) => SetOperationParts>> = {
  union: (query) => ["union", query, false],
  unionAll: (query) => ["union", query, true],
  intersect: (query) => ["intersect", query, false],
  except: (query) => ["except", query, false],
};
