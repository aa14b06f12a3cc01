import type { InsertStatement, OnConflict } from "@mortise/core/adapter";
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
} from "kysely";
import { lower, type Lowering } from "./lowering.ts";
import { lowerReturning } from "./returning.ts";
import { tableNode } from "./source.ts";
import { template } from "./template.ts";
import { lowerAssignments } from "./update.ts";

export function lowerInsert(statement: InsertStatement, lowering: Lowering): InsertQueryNode {
  const { into, columns, conflict } = statement;
  const returning = lowerReturning(statement.returning, into.alias, lowering);
  return {
    kind: "InsertQueryNode",
    into: tableNode(into.model.table, into.model.options.schema),
    ...(columns.length > 0
      ? {
          columns: columns.map((column) => ColumnNode.create(column.databaseName)),
          values: lowerRows(statement, lowering),
        }
      : { defaultValues: true }),
    ...(conflict && lowerConflict(conflict, lowering)),
    ...(returning && { returning }),
  };
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
  const excluded = (name: string) => template`values(${IdentifierNode.create(name)})`;
  const updates = conflict.update?.length
    ? lowerAssignments(conflict.update, lowering, excluded)
    : conflict.columns.slice(0, 1).map((column) => {
        const name = ColumnNode.create(column.databaseName);
        return ColumnUpdateNode.create(name, ReferenceNode.create(name));
      });
  return { onDuplicateKey: OnDuplicateKeyNode.create(updates) };
}
