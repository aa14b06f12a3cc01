import {
  UnsupportedError,
  type CommonTable,
  type Join,
  type JoinType,
  type Lock,
  type SelectStatement,
} from "@mortise/core/adapter";
import {
  AliasNode,
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  FromNode,
  GroupByItemNode,
  GroupByNode,
  HavingNode,
  IdentifierNode,
  JoinNode,
  LimitNode,
  OffsetNode,
  OrderByNode,
  SelectModifierNode,
  SelectionNode,
  ValueNode,
  WhereNode,
  type WithNode,
  type JoinType as JoinName,
  type OrderByItemNode,
  type SelectQueryNode,
} from "kysely";
import { lower, lowerAll, type Lowering } from "./lowering.ts";
import { lowerSelection } from "./selection.ts";
import { lowerSource } from "./source.ts";
import { template } from "./template.ts";

/** The part before `order by`, of which a compound query has several. */
export function lowerCore(statement: SelectStatement, lowering: Lowering): SelectQueryNode {
  const { from, where, groupBy, having, joins } = statement;
  const groups = groupBy.map((item) => GroupByItemNode.create(lower(item, lowering)));
  return {
    kind: "SelectQueryNode",
    ...(from.kind !== "none" && { from: FromNode.create([lowerSource(from, lowering)]) }),
    selections: lowerSelections(statement, lowering),
    ...lowerDistinct(statement, lowering),
    ...(joins.length > 0 && { joins: joins.map((join) => lowerJoin(join, lowering)) }),
    ...(where && { where: WhereNode.create(lower(where, lowering)) }),
    ...(groups.length > 0 && { groupBy: GroupByNode.create(groups) }),
    ...(having && { having: HavingNode.create(lower(having, lowering)) }),
  };
}

/** Common tables, order, limit and locks: what a query has once, however many selects it joins. */
export function lowerEnd(
  statement: SelectStatement,
  order: readonly OrderByItemNode[],
  lowering: Lowering,
): Partial<SelectQueryNode> {
  const { limit, offset, lock } = statement;
  const noLimit = offset && !limit ? lowering.dialect.noLimit?.() : undefined;
  const limited = limit ? lower(limit, lowering) : noLimit;
  return {
    ...(statement.with.length > 0 && { with: lowerWith(statement.with, lowering) }),
    ...(order.length > 0 && { orderBy: OrderByNode.create(order) }),
    ...(limited && { limit: LimitNode.create(limited) }),
    ...(offset && { offset: OffsetNode.create(lower(offset, lowering)) }),
    ...(lock && { endModifiers: lowerLock(lock, lowering) }),
  };
}

function lowerWith(tables: readonly CommonTable[], lowering: Lowering): WithNode {
  const expressions = tables.map((table) => {
    const columns = table.columns.length > 0 ? table.columns : undefined;
    const name = CommonTableExpressionNameNode.create(table.name, columns);
    return CommonTableExpressionNode.create(name, lowering.select(table.query, lowering));
  });
  return { kind: "WithNode", expressions, recursive: tables.some((table) => table.recursive) };
}

/** A query that only has to have rows or none selects a constant. */
function lowerSelections({ selections }: SelectStatement, lowering: Lowering): readonly SelectionNode[] {
  if (selections.length > 0) return selections.map((selection) => lowerSelection(selection, lowering));
  return [SelectionNode.create(AliasNode.create(ValueNode.createImmediate(1), IdentifierNode.create("one")))];
}

function lowerDistinct(statement: SelectStatement, lowering: Lowering): Partial<SelectQueryNode> {
  if (statement.distinctOn.length > 0) {
    if (!lowering.dialect.distinctOn) throw unsupported("distinctOn", lowering, "Use distinct or groupBy.");
    return { distinctOn: lowerAll(statement.distinctOn, lowering) };
  }
  return statement.distinct ? { frontModifiers: [SelectModifierNode.create("Distinct")] } : {};
}

function lowerJoin(join: Join, lowering: Lowering): JoinNode {
  if (join.source.kind === "none") throw new TypeError("A join needs a table.");
  const table = lowerSource(join.source, lowering);
  const type = joinNames[join.type];
  if (join.on === undefined) return JoinNode.create(type, table);
  return JoinNode.createWithOn(type, table, lower(join.on, lowering));
}

const joinNames: Readonly<Record<JoinType, JoinName>> = {
  inner: "InnerJoin",
  left: "LeftJoin",
  right: "RightJoin",
  full: "FullJoin",
  cross: "CrossJoin",
};

function lowerLock(lock: Lock, lowering: Lowering): readonly SelectModifierNode[] {
  if (!lowering.dialect.rowLocks) {
    throw unsupported("A row lock", lowering, "A write transaction already excludes every other writer.");
  }
  const strength = lockStrength(lock, lowering);
  if (lock.wait === "wait") return [strength];
  return [strength, SelectModifierNode.create(lock.wait === "skipLocked" ? "SkipLocked" : "NoWait")];
}

function lockStrength({ strength }: Lock, { dialect }: Lowering): SelectModifierNode {
  if (strength === "share" && dialect.lockForShare === "lock in share mode") {
    return SelectModifierNode.createWithExpression(template`lock in share mode`);
  }
  return SelectModifierNode.create(strength === "update" ? "ForUpdate" : "ForShare");
}

function unsupported(capability: string, lowering: Lowering, alternative: string): UnsupportedError {
  return new UnsupportedError({ capability, adapter: lowering.dialect.name, alternative });
}
