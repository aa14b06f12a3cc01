import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, ColumnState, IndexState, TableState, Unsupported } from "@mortise/core/state";
import { isStrictType } from "./ddl.ts";

/** Whether SQLite can make a change, and if not the sentence that says so. */
export function supports(change: Change): true | Unsupported {
  const reason = refusal(change);
  return reason === undefined ? true : { reason };
}

function refusal(change: Change): string | undefined {
  switch (change.kind) {
    case "createTable":
      return tableRefusal(change.table);
    case "addColumn":
      return namespaceRefusal(change.namespace, change.table) ?? addColumnRefusal(change);
    case "createIndex":
      return indexRefusal(change.index, change.table);
    case "replaceIndex":
      return indexRefusal(change.to, change.table);
    case "addUnique":
    case "replaceUnique":
    case "addCheck":
      return undefined;
    case "replaceCheck":
      return change.from.name === undefined ? rebuild(change.table, "an unnamed check") : undefined;
    case "renameTable":
    case "renameColumn":
      return `The rename of "${change.from}" to "${change.to}" has to be made by hand: this migrator does not rename yet.`;
    case "alterTable":
      return rebuild(change.table, "the options STRICT and WITHOUT ROWID");
    case "alterColumn":
      return rebuild(change.table, `the column "${change.to.name}"`);
    case "setPrimaryKey":
      return rebuild(change.table, "the primary key");
    case "addForeignKey":
      return rebuild(change.table, `the foreign key over ${change.foreignKey.columns.join(", ")}`);
    case "replaceForeignKey":
      return rebuild(change.table, `the foreign key over ${change.to.columns.join(", ")}`);
    case "setTableComment":
      return "SQLite keeps no comments.";
    default:
      return assertNever(change);
  }
}

function rebuild(table: string, what: string): string {
  return (
    `SQLite can change ${what} of the table "${table}" only by building the table anew, which this migrator does not do yet. ` +
    "Change it by hand, or change the model to what the database has."
  );
}

function tableRefusal(table: TableState): string | undefined {
  if (/^sqlite_/i.test(table.name))
    return `SQLite keeps names that begin with "sqlite_" for itself: rename the table "${table.name}".`;
  const [key, another] = table.primaryKey?.columns ?? [];
  const increment = table.columns.find((column) => column.autoIncrement);
  if (increment !== undefined && (increment.name !== key || another !== undefined || table.options.withoutRowid)) {
    return (
      `The increment column "${increment.name}" of the table "${table.name}" must be the whole primary key, ` +
      "and the table cannot be WITHOUT ROWID: SQLite counts only the row's own number."
    );
  }
  if (table.options.withoutRowid && key === undefined) {
    return `The table "${table.name}" is WITHOUT ROWID and so needs a primary key.`;
  }
  return (
    namespaceRefusal(table.namespace, table.name) ??
    strictRefusal(table) ??
    table.indexes.map((index) => indexRefusal(index, table.name)).find((reason) => reason !== undefined)
  );
}

function namespaceRefusal(namespace: string | undefined, table: string): string | undefined {
  if (namespace === undefined) return undefined;
  return `SQLite has no namespaces: leave out the option schema ("${namespace}") of the model "${table}".`;
}

function strictRefusal(table: TableState): string | undefined {
  const column = table.options.strict === true ? table.columns.find((one) => !isStrictType(one)) : undefined;
  if (column === undefined) return undefined;
  return (
    `The table "${table.name}" is asked to be STRICT, and the type ${column.databaseType} of its column "${column.name}" ` +
    "does not exist there. Use another type or leave out the option strict."
  );
}

/** What ALTER TABLE ADD COLUMN never takes. What depends on the rows, such as NOT NULL without a default, SQLite says itself. */
function addColumnRefusal({ column, table }: ChangeOf<"addColumn">): string | undefined {
  if (column.autoIncrement) return rebuild(table, `the increment column "${column.name}"`);
  if (column.generated?.stored === true) return storedRefusal(column, table);
  return undefined;
}

function storedRefusal(column: ColumnState, table: string): string {
  return (
    `SQLite cannot add the stored generated column "${column.name}" to the existing table "${table}". ` +
    "Make it virtual (stored: false), which computes the value on read."
  );
}

function indexRefusal(index: IndexState, table: string): string | undefined {
  const asked = [
    ...(index.method === undefined ? [] : [`type "${index.method}"`]),
    ...(index.include.length === 0 ? [] : ["include"]),
    ...(index.nullsNotDistinct ? ["nullsNotDistinct"] : []),
  ];
  if (asked.length === 0) return undefined;
  return `SQLite's indexes have no ${asked.join(" and no ")}: leave it out of the index "${index.name}" of "${table}".`;
}
