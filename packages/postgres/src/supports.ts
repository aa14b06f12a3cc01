import { assertNever } from "@mortise/core/adapter";
import type { Change, IndexState, Unsupported } from "@mortise/core/state";

/** Whether PostgreSQL can make a change, and if not the sentence that says so. */
export function supports(change: Change): true | Unsupported {
  const reason = refusal(change);
  return reason === undefined ? true : { reason };
}

function refusal(change: Change): string | undefined {
  switch (change.kind) {
    case "addColumn":
      return change.position === undefined
        ? undefined
        : `PostgreSQL adds columns behind all others: leave out first() and after() of "${change.column.name}" of "${change.table}".`;
    case "createTable":
      return change.table.indexes
        .map((index) => indexRefusal(index, change.table.name))
        .find((reason) => reason !== undefined);
    case "createIndex":
      return indexRefusal(change.index, change.table);
    case "replaceIndex":
      return indexRefusal(change.to, change.table);
    case "addUnique":
    case "replaceUnique":
    case "addForeignKey":
    case "addCheck":
    case "setTableComment":
    case "renameTable":
    case "renameColumn":
    case "renameIndex":
    case "alterColumn":
    case "dropTable":
    case "dropColumn":
    case "dropIndex":
    case "dropUnique":
    case "dropForeignKey":
    case "dropCheck":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return undefined;
    case "changeTable":
      return change.changes.map(refusal).find((reason) => reason !== undefined);
    case "replaceForeignKey":
      return unnamed(change.from.name, "foreign key", change.table);
    case "replaceCheck":
      return unnamed(change.from.name, "check", change.table);
    case "setPrimaryKey":
      return change.from === undefined ? undefined : unnamed(change.from.name, "primary key", change.table);
    case "alterTable":
      return "PostgreSQL has no such options of tables.";
    default:
      return assertNever(change);
  }
}

function indexRefusal({ name, columns }: IndexState, table: string): string | undefined {
  if (columns.every(({ length }) => length === undefined)) return undefined;
  return `The indexes of PostgreSQL have no length: leave it out of the index "${name}" of "${table}", or index an expression such as left(name, 10).`;
}

function unnamed(name: string | undefined, what: string, table: string): string | undefined {
  return name === undefined
    ? `A ${what} of the table "${table}" has no name by which it could be replaced.`
    : undefined;
}
