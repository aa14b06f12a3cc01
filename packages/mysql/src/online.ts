import { MigrationError } from "@mortise/core/adapter";
import type {
  Change,
  ChangeOf,
  ColumnState,
  IndexState,
  SchemaState,
  TableChange,
  TableState,
} from "@mortise/core/state";
import { defaultClause } from "./column-ddl.ts";
import { serverNumber } from "./driver-error.ts";
import type { Server } from "./server.ts";
import { typeChange } from "./type-change.ts";

/**
 * Marks the changes of tables that InnoDB makes while others write: they ask for `LOCK=NONE`, by which the server chooses the lightest
 * way. A table is changed by one statement, so that all of it can be made so or nothing of it; the rest keeps its warnings.
 */
export function onlineWith(server: Server): (changes: readonly Change[], actual: SchemaState) => readonly Change[] {
  return (changes, { tables }) =>
    changes.map((change) => {
      if (!isAltered(change)) return change;
      const table = tables.find(({ name }) => name === change.table);
      const parts = change.kind === "changeTable" ? change.changes : [change];
      if (table === undefined || !isPlain(table)) return change;
      return parts.every((part) => isLight(part, parts, table, server)) ? { ...change, online: true } : change;
    });
}

type Altered = TableChange | ChangeOf<"changeTable">;

function isAltered(change: Change): change is Altered {
  return "table" in change && typeof change.table === "string" && change.kind !== "renameTable";
}

/** Other engines of storage lock a table for every change. */
function isPlain({ options }: TableState): boolean {
  return options.engine === undefined || options.engine.toLowerCase() === "innodb";
}

/** Whether the server makes a part of a statement without a lock. What is not told here it may still refuse (see `onlineRefusal`). */
function isLight(change: TableChange, beside: readonly TableChange[], table: TableState, server: Server): boolean {
  switch (change.kind) {
    case "createIndex":
      return isPlainIndex(change.index);
    case "replaceIndex":
      return isPlainIndex(change.to);
    case "dropIndex":
    case "renameIndex":
    case "addUnique":
    case "replaceUnique":
    case "dropUnique":
    case "dropForeignKey":
    case "dropCheck":
    case "renameColumn":
    case "setTableComment":
      return true;
    case "dropColumn":
      return change.column.generated === undefined || beside.length === 1;
    case "addColumn":
      return isLightColumn(change, table) && (change.column.generated === undefined || beside.length === 1);
    case "alterColumn":
      return isLightChange(change.from, change.to, server);
    default:
      return false;
  }
}

/** Full text and places are indexed under a lock; so are expressions, which are hidden columns. */
function isPlainIndex({ columns, method }: IndexState): boolean {
  return columns.every(({ column }) => column !== undefined) && method !== "fulltext" && method !== "spatial";
}

/** Values that are computed for each row are written into a copy; so is everything where computed columns would have to move. */
function isLightColumn({ column, position }: ChangeOf<"addColumn">, { columns }: TableState): boolean {
  if (column.generated?.stored === true || column.autoIncrement || !hasLightDefault(column)) return false;
  return position === undefined || columns.every(({ generated }) => generated === undefined);
}

function hasLightDefault(column: ColumnState): boolean {
  return column.default === undefined || !defaultClause(column).startsWith("(");
}

function isLightChange(from: ColumnState, to: ColumnState, server: Server): boolean {
  if (from.generated !== undefined || to.generated !== undefined) return false;
  if (from.autoIncrement !== to.autoIncrement || from.collation !== to.collation) return false;
  const forbidsNulls = from.nullable && !to.nullable;
  if (!hasLightDefault(to) || (forbidsNulls && !server.forbidsNullsOnline)) return false;
  return from.databaseType === to.databaseType || isLightType(from, to);
}

/** More labels behind those that are there; a longer text, as long as its length takes no further byte. */
function isLightType(from: ColumnState, to: ColumnState): boolean {
  if (typeChange(from, to) === "widening") return true;
  const length = ({ databaseType = "" }: ColumnState): number =>
    Number(/^varchar\((\d+)\)$/.exec(databaseType)?.[1] ?? Number.NaN);
  const [before, after] = [length(from), length(to)];
  return after >= before && longestOfOneByte(before) === longestOfOneByte(after);
}

/** 255 bytes hold so many characters of up to four. */
function longestOfOneByte(length: number): boolean {
  return length <= 63;
}

const refused: ReadonlySet<number> = new Set([1845, 1846]);

/** A change that the server can only make under a lock after all; nothing of it is made. */
export function onlineRefusal(cause: unknown): MigrationError | undefined {
  const own = cause instanceof Error ? cause.cause : undefined;
  if (!refused.has(serverNumber(own)) || !(own instanceof Error)) return undefined;
  return new MigrationError(
    `The server cannot do this while others write: ${own.message.replace(/\.?$/, ".")} Do it without online, in a quiet hour.`,
    { cause },
  );
}
