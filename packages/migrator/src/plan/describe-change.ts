import { assertNever } from "@mortise/core/adapter";
import { isSame, type Change, type ColumnState } from "@mortise/core/state";
import { placeOfChange } from "./change-place.ts";

/** A change as one line for a person: `add column posts.title (TEXT, not null)`. */
export function describeChange(change: Change): string {
  const place = placeOfChange(change);
  switch (change.kind) {
    case "createTable":
      return `create table ${place} (${list(change.table.columns.map((column) => column.name))})`;
    case "dropTable":
      return `drop table ${place}`;
    case "createEnum":
      return `create type ${place} (${list(change.type.values)})`;
    case "alterEnum":
      return `change type ${place}: ${list(change.from.values)} -> ${list(change.to.values)}`;
    case "dropEnum":
      return `drop type ${place}`;
    case "createNamespace":
      return `create schema ${place}`;
    case "dropNamespace":
      return `drop schema ${place}`;
    case "createExtension":
      return `create extension ${place}`;
    case "changeTable":
      return change.changes.map(describeChange).join("; ");
    case "renameTable":
      return `rename table ${change.from} to ${change.to}`;
    case "alterTable":
      return `change the options of table ${place}: ${difference(change.from, change.to)}`;
    case "setTableComment":
      return `change the comment of table ${place}`;
    case "addColumn":
      return `add column ${place}.${change.column.name} (${columnLine(change.column)})`;
    case "renameColumn":
      return `rename column ${place}.${change.from} to ${change.to}`;
    case "alterColumn":
      return `change column ${place}.${change.to.name}: ${columnDifference(change.from, change.to)}`;
    case "dropColumn":
      return `drop column ${place}.${change.column.name}`;
    default:
      return describeConstraint(change, place);
  }
}

type TableKind =
  | "createTable"
  | "dropTable"
  | "createEnum"
  | "alterEnum"
  | "dropEnum"
  | "createNamespace"
  | "dropNamespace"
  | "createExtension"
  | "changeTable"
  | "renameTable"
  | "alterTable"
  | "setTableComment"
  | "addColumn"
  | "renameColumn"
  | "alterColumn"
  | "dropColumn";

function describeConstraint(change: Exclude<Change, { kind: TableKind }>, table: string): string {
  switch (change.kind) {
    case "setPrimaryKey":
      return change.to === undefined
        ? `drop the primary key of ${table}`
        : `change the primary key of ${table} to (${list(change.to.columns)})`;
    case "createIndex":
      return `create ${change.index.unique ? "unique " : ""}index ${change.index.name} on ${table}`;
    case "replaceIndex":
      return `replace index ${change.to.name} on ${table}`;
    case "renameIndex":
      return `rename index ${change.from} of ${table} to ${change.to}`;
    case "dropIndex":
      return `drop index ${change.index.name} of ${table}`;
    case "addUnique":
      return `add unique key ${table} (${list(change.unique.columns)})`;
    case "replaceUnique":
      return `replace unique key ${change.to.name ?? ""} on ${table} (${list(change.to.columns)})`;
    case "dropUnique":
      return `drop unique key ${table} (${list(change.unique.columns)})`;
    case "addForeignKey":
      return `add foreign key ${table} (${list(change.foreignKey.columns)}) to ${change.foreignKey.references.table}`;
    case "replaceForeignKey":
      return `change foreign key ${table} (${list(change.to.columns)}) to ${change.to.references.table}: ${difference(change.from, change.to)}`;
    case "dropForeignKey":
      return `drop foreign key ${table} (${list(change.foreignKey.columns)}) to ${change.foreignKey.references.table}`;
    case "addCheck":
      return `add check to ${table}: ${change.check.expression}`;
    case "replaceCheck":
      return `change check of ${table} from ${change.from.expression} to ${change.to.expression}`;
    case "dropCheck":
      return `drop check of ${table}: ${change.check.expression}`;
    default:
      return assertNever(change);
  }
}

function list(names: readonly string[]): string {
  return names.join(", ");
}

function columnLine(column: ColumnState): string {
  return list([
    column.databaseType ?? "no type",
    ...(column.nullable ? [] : ["not null"]),
    ...(column.default === undefined ? [] : [`default ${show(column.default)}`]),
  ]);
}

function columnDifference(from: ColumnState, to: ColumnState): string {
  const hidden = { type: undefined, renamedFrom: undefined, managed: true, name: "" };
  return difference({ ...from, ...hidden }, { ...to, ...hidden });
}

/** `nullable true -> false, default none -> 1` */
function difference(from: object, to: object): string {
  const differing = Object.keys(to).filter((key) => !isSame(Reflect.get(from, key), Reflect.get(to, key)));
  return list(differing.map((key) => `${key} ${show(Reflect.get(from, key))} -> ${show(Reflect.get(to, key))}`));
}

function show(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "expression" in value) return show(value.expression);
  return JSON.stringify(value);
}
