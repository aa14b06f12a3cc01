import { assertNever } from "@mortise/core/adapter";
import type { Change, Unsupported } from "@mortise/core/state";

/** Whether PostgreSQL can make a change, and if not the sentence that says so. */
export function supports(change: Change): true | Unsupported {
  const reason = refusal(change);
  return reason === undefined ? true : { reason };
}

function refusal(change: Change): string | undefined {
  switch (change.kind) {
    case "createTable":
    case "addColumn":
    case "createIndex":
    case "replaceIndex":
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

function unnamed(name: string | undefined, what: string, table: string): string | undefined {
  return name === undefined
    ? `A ${what} of the table "${table}" has no name by which it could be replaced.`
    : undefined;
}
