import type { Change, ColumnState, LockWarning, TypeChange } from "@mortise/core/state";
import { isOnline } from "./online.ts";
import { tableName } from "./table-ddl.ts";

interface Sized {
  readonly base: string;
  readonly sizes: readonly number[];
}

/** `numeric(10,2)` -> numeric, 10 and 2. */
function sized(type: string): Sized {
  const sizes = /\(([\d,]+)\)/.exec(type)?.[1];
  return { base: type.replace(/\([\d,]+\)/, ""), sizes: sizes === undefined ? [] : sizes.split(",").map(Number) };
}

/** Types whose every value has a place in those behind them. */
const wider: Readonly<Record<string, readonly string[]>> = {
  smallint: ["integer", "bigint", "numeric", "real", "double precision"],
  integer: ["bigint", "numeric", "double precision"],
  bigint: ["numeric"],
  real: ["double precision"],
  date: ["timestamp without time zone"],
  json: ["jsonb"],
};

/** What becomes of the values when the declared type of a column changes. */
export function typeChange(
  { databaseType: before = "" }: ColumnState,
  { databaseType: after = "" }: ColumnState,
): TypeChange {
  const [from, to] = [sized(before), sized(after)];
  if (from.base === to.base) return sizeChange(from, to);
  const isText = /^character varying$/.test(from.base) && to.base === "text";
  if (isText) return "widening";
  if (to.base === "text" || (to.base === "character varying" && to.sizes.length === 0)) return "rewrite";
  const isWider = Object.hasOwn(wider, from.base) && wider[from.base]?.includes(to.base) === true;
  return isWider && to.sizes.length === 0 ? "rewrite" : "lossy";
}

/** A type without a size has room for everything; decimals keep their places behind the point. */
function sizeChange({ base, sizes: from }: Sized, { sizes: to }: Sized): TypeChange {
  if (to.length === 0) return "widening";
  if (from.length === 0) return "lossy";
  const [size = 0, scale = 0] = from;
  const [newSize = 0, newScale = 0] = to;
  if (base !== "numeric") return newSize >= size ? "widening" : "lossy";
  if (newScale === scale) return newSize >= size ? "widening" : "lossy";
  return newScale > scale && newSize - newScale >= size - scale ? "rewrite" : "lossy";
}

/** What a change to a table that is in use makes others wait for. */
export function locks(change: Change): readonly LockWarning[] {
  if (change.kind === "changeTable") return change.changes.flatMap(locks);
  if (isOnline(change)) return [];
  if (
    change.kind === "createTable" ||
    change.kind === "dropTable" ||
    change.kind === "createEnum" ||
    change.kind === "alterEnum" ||
    change.kind === "dropEnum" ||
    change.kind === "createNamespace" ||
    change.kind === "dropNamespace" ||
    change.kind === "createExtension"
  )
    return [];
  const on = tableName(change.table, change.namespace);
  switch (change.kind) {
    case "createIndex":
    case "replaceIndex":
      return [
        warning(
          "index-blocks-writes",
          `Writes to ${on} wait while the index is built.`,
          "Make it online: it is then built concurrently.",
        ),
      ];
    case "addUnique":
    case "replaceUnique":
    case "setPrimaryKey":
      return [
        warning(
          "key-blocks-table",
          `Reads and writes of ${on} wait while the key is built.`,
          "Make a unique key online; for a primary key, build a unique index concurrently beforehand and add the constraint using it.",
        ),
      ];
    case "addForeignKey":
    case "replaceForeignKey":
    case "addCheck":
    case "replaceCheck":
      return [
        warning(
          "constraint-scans-table",
          `Every row of ${on} is looked at while others wait.`,
          "Make it online: it is then added not valid, and validated in a transaction of its own.",
        ),
      ];
    case "alterColumn":
      return columnLocks(change.from, change.to, on);
    case "addColumn":
      return change.column.generated?.stored === true || change.column.autoIncrement
        ? [rewriteWarning(on, "Add the column empty, fill it in portions, and change it then.")]
        : [];
    default:
      return [];
  }
}

/** Whether a change asks for a lock that writers stand in the way of. */
export function waits(change: Change): boolean {
  switch (change.kind) {
    case "createTable":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
    case "setTableComment":
    case "renameIndex":
      return false;
    case "createIndex":
    case "dropIndex":
      return !isOnline(change);
    case "changeTable":
      return change.changes.some(waits);
    default:
      return true;
  }
}

function columnLocks(from: ColumnState, to: ColumnState, on: string): readonly LockWarning[] {
  const retyped = from.databaseType !== to.databaseType && typeChange(from, to) !== "widening";
  return [
    ...(retyped
      ? [rewriteWarning(on, "Add a column of the new type, fill it in portions, and let it take the old one's place.")]
      : []),
    ...(from.nullable && !to.nullable
      ? [
          warning(
            "not-null-scans-table",
            `Every row of ${on} is looked at while others wait.`,
            "Make it online: a check that it is not null is then validated while others go on, and trusted by the server.",
          ),
        ]
      : []),
  ];
}

function rewriteWarning(on: string, advice: string): LockWarning {
  return warning("rewrites-table", `Every row of ${on} is written anew while others wait.`, advice);
}

function warning(code: string, message: string, advice: string): LockWarning {
  return { code, message, advice };
}
