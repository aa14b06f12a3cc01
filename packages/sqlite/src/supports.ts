import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, IndexState, TableState, Unsupported } from "@mortise/core/state";
import { isStrictType } from "./table-ddl.ts";

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
      return change.position === undefined
        ? namespaceRefusal(change.namespace, change.table)
        : `SQLite adds columns behind all others: leave out first() and after() of "${change.column.name}" of "${change.table}".`;
    case "createIndex":
      return indexRefusal(change.index, change.table);
    case "replaceIndex":
      return indexRefusal(change.to, change.table);
    case "addUnique":
    case "replaceUnique":
    case "addCheck":
      return undefined;
    case "replaceCheck":
    case "renameTable":
    case "renameColumn":
    case "renameIndex":
    case "dropTable":
    case "dropIndex":
    case "dropUnique":
    case "dropColumn":
    case "dropCheck":
    case "dropForeignKey":
    case "alterTable":
    case "alterColumn":
    case "setPrimaryKey":
    case "addForeignKey":
    case "replaceForeignKey":
      return undefined;
    case "changeTable":
      return rebuildRefusal(change);
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
      return "SQLite has no types of its own for enums.";
    case "createNamespace":
    case "dropNamespace":
      return `SQLite has no namespaces: leave out the schema "${change.name}".`;
    case "createExtension":
      return `SQLite's extensions are loaded by the connection: leave out "${change.name}".`;
    case "setTableComment":
      return "SQLite keeps no comments.";
    default:
      return assertNever(change);
  }
}

/** A rebuilt table has only what a state can say: what it has besides would be lost. */
function rebuildRefusal({ from, to, changes }: ChangeOf<"changeTable">): string | undefined {
  const unsaid = from.unmanaged.filter(({ kind }) => kind !== "trigger");
  if (unsaid.length > 0) {
    const parts = unsaid.map(({ kind, name }) => `${kind}: ${name}`).join("; ");
    return (
      `SQLite can make this change of the table "${from.name}" only by building the table anew, and that would lose what Mortise has ` +
      `no word for (${parts}). Change it by hand.`
    );
  }
  const refused = changes.map(refusal).find((reason) => reason !== undefined);
  return refused ?? tableRefusal(to);
}

function tableRefusal(table: TableState): string | undefined {
  if (/^sqlite_/i.test(table.name))
    return `SQLite keeps names that begin with "sqlite_" for itself: rename the table "${table.name}".`;
  const [key, another] = table.primaryKey?.columns ?? [];
  const isCounted = (name: string): boolean => name === key && another === undefined && !table.options.withoutRowid;
  const increment = table.columns.find(
    ({ name, autoIncrement, databaseType }) => autoIncrement && !(isCounted(name) && databaseType === "INTEGER"),
  );
  if (increment !== undefined) {
    return (
      `The increment column "${increment.name}" of the table "${table.name}" must be an INTEGER and the whole primary key, ` +
      "and the table cannot be WITHOUT ROWID: SQLite counts only the row's own number."
    );
  }
  const computed = table.columns.find(
    ({ name, generated }) => generated !== undefined && table.primaryKey?.columns.includes(name) === true,
  );
  if (computed !== undefined) {
    return `The computed column "${computed.name}" cannot be part of the primary key of the table "${table.name}".`;
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

function indexRefusal(index: IndexState, table: string): string | undefined {
  const asked = [
    ...(index.method === undefined ? [] : [`type "${index.method}"`]),
    ...(index.include.length === 0 ? [] : ["include"]),
    ...(index.nullsNotDistinct ? ["nullsNotDistinct"] : []),
    ...(index.columns.some(({ length }) => length !== undefined) ? ["length"] : []),
    ...(index.columns.some(({ nulls }) => nulls !== undefined) ? ["nulls"] : []),
    ...(index.columns.some(({ operatorClass }) => operatorClass !== undefined) ? ["operatorClass"] : []),
  ];
  if (asked.length === 0) return undefined;
  return `SQLite's indexes have no ${asked.join(" and no ")}: leave it out of the index "${index.name}" of "${table}".`;
}
