import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, TableChange } from "@mortise/core/state";
import { alterColumn } from "./alter-column.ts";
import { alterEnum } from "./alter-enum.ts";
import { renderOnline } from "./online-ddl.ts";
import { isOnline } from "./online.ts";
import { quoteName } from "./spelling.ts";
import {
  addUnique,
  check,
  columnComments,
  columnDefinition,
  createEnum,
  createIndex,
  createTable,
  dropConstraint,
  dropKey,
  foreignKey,
  primaryKey,
  tableComment,
  tableName,
} from "./table-ddl.ts";

/** The statements that make a change. Its states are in normal form, and `supports` has let it through. */
export function render(change: Change): readonly string[] {
  if (isOnline(change)) return renderOnline(change);
  switch (change.kind) {
    case "createTable":
      return createTable(change.table);
    case "dropTable":
      return [`drop table ${tableName(change.table.name, change.table.namespace)}`];
    case "createEnum":
      return [createEnum(change.type)];
    case "alterEnum":
      return alterEnum(change);
    case "dropEnum":
      return [`drop type ${tableName(change.type.name, change.type.namespace)}`];
    case "createNamespace":
      return [`create schema ${quoteName(change.name)}`];
    case "dropNamespace":
      return [`drop schema ${quoteName(change.name)}`];
    case "createExtension":
      return [`create extension if not exists ${quoteName(change.name)}`];
    case "changeTable":
      return change.changes.flatMap(render);
    default:
      return renderTableChange(change, tableName(change.table, change.namespace));
  }
}

function renderTableChange(change: TableChange, on: string): readonly string[] {
  switch (change.kind) {
    case "renameTable":
      return [`alter table ${tableName(change.from, change.namespace)} rename to ${quoteName(change.to)}`];
    case "renameColumn":
      return [`alter table ${on} rename column ${quoteName(change.from)} to ${quoteName(change.to)}`];
    case "addColumn":
      return [
        `alter table ${on} add column ${columnDefinition(change.column)}`,
        ...columnComments(on, [change.column]),
        ...(change.foreignKey === undefined ? [] : [`alter table ${on} add ${foreignKey(change.foreignKey)}`]),
      ];
    case "alterColumn":
      return alterColumn(on, change);
    case "dropColumn":
      return [`alter table ${on} drop column ${quoteName(change.column.name)}`];
    case "setTableComment":
      return [tableComment(on, change.to)];
    case "setPrimaryKey":
      return [
        ...(change.from === undefined ? [] : [dropConstraint(on, change.from.name)]),
        ...(change.to === undefined ? [] : [`alter table ${on} add ${primaryKey(change.to)}`]),
      ];
    case "alterTable":
      return [];
    default:
      return renderConstraint(change, on);
  }
}

type ConstraintChange = Exclude<
  TableChange,
  {
    kind:
      | "renameTable"
      | "renameColumn"
      | "addColumn"
      | "alterColumn"
      | "dropColumn"
      | "setTableComment"
      | "setPrimaryKey"
      | "alterTable";
  }
>;

function renderConstraint(change: ConstraintChange, on: string): readonly string[] {
  switch (change.kind) {
    case "createIndex":
      return [createIndex(change, change.index)];
    case "replaceIndex":
      return [dropKey(on, change, change.from.name), createIndex(change, change.to)];
    case "renameIndex":
      return [`alter index ${tableName(change.from, change.namespace)} rename to ${quoteName(change.to)}`];
    case "dropIndex":
      return [`drop index ${tableName(change.index.name, change.namespace)}`];
    case "addUnique":
      return [addUnique(change, change.unique)];
    case "replaceUnique":
      return [dropKey(on, change, change.from.name), addUnique(change, change.to)];
    case "dropUnique":
      return [dropKey(on, change, change.unique.name)];
    case "addForeignKey":
      return [`alter table ${on} add ${foreignKey(change.foreignKey)}`];
    case "replaceForeignKey":
      return [dropConstraint(on, change.from.name), `alter table ${on} add ${foreignKey(change.to)}`];
    case "dropForeignKey":
      return [dropConstraint(on, change.foreignKey.name)];
    case "addCheck":
      return [`alter table ${on} add ${check(change.check)}`];
    case "replaceCheck":
      return [dropConstraint(on, change.from.name), `alter table ${on} add ${check(change.to)}`];
    case "dropCheck":
      return [dropConstraint(on, change.check.name)];
    default:
      return assertNever(change);
  }
}

/** A new label cannot be used in the transaction that adds it, so that it is committed first; what is made online is in none. */
export function isAlone(change: Change): boolean {
  if (isOnline(change)) return true;
  return change.kind === "alterEnum" && !removesLabel(change);
}

function removesLabel({ from, to, renames }: ChangeOf<"alterEnum">): boolean {
  return from.values.some((label) => !to.values.includes(label) && !renames.some((rename) => rename.from === label));
}
