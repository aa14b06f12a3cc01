import type { InsertStatement, ListNode, OnConflict } from "@mortise/core/adapter";
import {
  ColumnNode,
  ColumnUpdateNode,
  IdentifierNode,
  OnConflictNode,
  OnDuplicateKeyNode,
  ReferenceNode,
  ValueListNode,
  ValuesNode,
  type InsertQueryNode,
  type OperationNode,
} from "kysely";
import { joinConditions } from "./logic.ts";
import { lower, parameterOf, type Lowering } from "./lowering.ts";
import { lowerReturning } from "./returning.ts";
import { tableNode } from "./source.ts";
import { template } from "./template.ts";
import { lowerAssignments } from "./update.ts";

export function lowerInsert(statement: InsertStatement, lowering: Lowering): InsertQueryNode {
  const { into, columns, conflict } = statement;
  const returning = lowerReturning(statement.returning, into, columns, lowering);
  return {
    kind: "InsertQueryNode",
    into: tableNode(into.model.table, into.model.options.schema),
    ...(columns.length > 0
      ? {
          columns: columns.map((column) => ColumnNode.create(column.databaseName)),
          values:
            statement.lists === undefined ? lowerRows(statement, lowering) : lowerLists(statement.lists, lowering),
        }
      : emptyRow(lowering)),
    ...(conflict && lowerConflict(conflict, lowering)),
    ...(returning && { returning }),
  };
}

function emptyRow({ dialect }: Lowering): Partial<InsertQueryNode> {
  if (dialect.emptyInsert !== "lists") return { defaultValues: true };
  return { columns: [], values: ValuesNode.create([ValueListNode.create([])]) };
}

function lowerRows(statement: InsertStatement, lowering: Lowering): ValuesNode {
  const { columns, rows, into } = statement;
  const lists = rows.map((row) =>
    ValueListNode.create(
      columns.map((column, index) => {
        const value = row[index];
        if (value === undefined) return lowering.dialect.insertDefault(column, into.model.table);
        return lower(value, lowering);
      }),
    ),
  );
  return ValuesNode.create(lists);
}

function lowerLists(lists: readonly ListNode[], lowering: Lowering): OperationNode {
  const { insertLists } = lowering.dialect;
  if (insertLists === undefined) throw new TypeError("No codec of this dialect says that its values may be listed.");
  return insertLists(lists.map((list) => parameterOf(list, lowering)));
}

/** In the assignments of a conflict the stored row goes by the name of its table, as the offered one is in scope too. */
function lowerConflict(conflict: OnConflict, lowering: Lowering): Partial<InsertQueryNode> {
  if (lowering.dialect.upsert === "onConflict") {
    const columns = conflict.columns.map((column) => ColumnNode.create(column.databaseName));
    const excluded = (name: string) => template`excluded.${IdentifierNode.create(name)}`;
    const action = conflict.update?.length
      ? { updates: lowerAssignments(conflict.update, lowering, excluded) }
      : { doNothing: true };
    return { onConflict: OnConflictNode.cloneWith(OnConflictNode.create(), { columns, ...action }) };
  }
  return { onDuplicateKey: OnDuplicateKeyNode.create(onAnyKey(conflict, lowering)) };
}

/**
 * The assignments where the engine reacts to any unique key. The first one keeps a key column as it is, and fails the statement (by a
 * subquery of two rows) when the row that was hit is not the one whose key the conflict names. A null in that key hits no row.
 */
function onAnyKey(conflict: OnConflict, lowering: Lowering): ColumnUpdateNode[] {
  const offered = (name: string) => template`values(${IdentifierNode.create(name)})`;
  const names = conflict.columns.map((column) => column.databaseName);
  const [first = ""] = names;
  const kept = ReferenceNode.create(ColumnNode.create(first));
  const same = names.map((name) => template`${ReferenceNode.create(ColumnNode.create(name))} = ${offered(name)}`);
  const isNamed = joinConditions("and", same);
  const guard = template`case when ${isNamed} then ${kept} else (select 1 union all select 2) end`;
  return [
    ColumnUpdateNode.create(ColumnNode.create(first), guard),
    ...lowerAssignments(conflict.update ?? [], lowering, offered),
  ];
}
