import type { Assignment, UpdateStatement } from "@mortise/core/adapter";
import { ColumnNode, ColumnUpdateNode, WhereNode, type OperationNode, type UpdateQueryNode } from "kysely";
import { lower, type Lowering } from "./lowering.ts";
import { lowerReturning } from "./returning.ts";
import { lowerWriteCondition } from "./self-reference.ts";
import { lowerSource } from "./source.ts";

export function lowerUpdate(statement: UpdateStatement, lowering: Lowering): UpdateQueryNode {
  const { where, set, table } = statement;
  const written = set.map(({ column }) => column);
  const returning = lowerReturning(statement.returning, table, written, lowering);
  return {
    kind: "UpdateQueryNode",
    table: lowerSource(table, lowering),
    updates: lowerAssignments(set, lowering, refuseExcluded),
    ...(where && { where: WhereNode.create(lowerWriteCondition(where, table, lowering)) }),
    ...(returning && { returning }),
  };
}

/** `column = value` for each assignment; `excluded` spells the value that an insert offered. */
export function lowerAssignments(
  assignments: readonly Assignment[],
  lowering: Lowering,
  excluded: (name: string) => OperationNode,
): ColumnUpdateNode[] {
  return assignments.map(({ column, value }) => {
    const node = value.kind === "excluded" ? excluded(value.column.databaseName) : lower(value, lowering);
    return ColumnUpdateNode.create(ColumnNode.create(column.databaseName), node);
  });
}

function refuseExcluded(name: string): never {
  throw new TypeError(`Only the conflict of an insert knows the value offered for ${name}.`);
}
