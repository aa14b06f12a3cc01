import { assertNever } from "@mortise/core/adapter";
import { isSame, qualifiedName, type Change, type ColumnState } from "@mortise/core/state";

/** A change as one line for a person: `add column posts.title (TEXT, not null)`. */
export function describeChange(change: Change): string {
  if (change.kind === "createTable") {
    return `create table ${qualifiedName(change.table)} (${list(change.table.columns.map((column) => column.name))})`;
  }
  const table = qualifiedName({ name: change.table, namespace: change.namespace });
  switch (change.kind) {
    case "renameTable":
      return `rename table ${change.from} to ${change.to}`;
    case "alterTable":
      return `change the options of table ${table}: ${difference(change.from, change.to)}`;
    case "setTableComment":
      return `change the comment of table ${table}`;
    case "addColumn":
      return `add column ${table}.${change.column.name} (${columnLine(change.column)})`;
    case "renameColumn":
      return `rename column ${table}.${change.from} to ${change.to}`;
    case "alterColumn":
      return `change column ${table}.${change.to.name}: ${columnDifference(change.from, change.to)}`;
    case "setPrimaryKey":
      return `change the primary key of ${table} to (${list(change.to?.columns ?? [])})`;
    case "createIndex":
      return `create ${change.index.unique ? "unique " : ""}index ${change.index.name} on ${table}`;
    case "replaceIndex":
      return `replace index ${change.to.name} on ${table}`;
    case "addUnique":
      return `add unique key ${table} (${list(change.unique.columns)})`;
    case "replaceUnique":
      return `replace unique key ${change.to.name ?? ""} on ${table} (${list(change.to.columns)})`;
    case "addForeignKey":
      return `add foreign key ${table} (${list(change.foreignKey.columns)}) to ${change.foreignKey.references.table}`;
    case "replaceForeignKey":
      return `change foreign key ${table} (${list(change.to.columns)}) to ${change.to.references.table}: ${difference(change.from, change.to)}`;
    case "addCheck":
      return `add check to ${table}: ${change.check.expression}`;
    case "replaceCheck":
      return `change check of ${table} from ${change.from.expression} to ${change.to.expression}`;
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
