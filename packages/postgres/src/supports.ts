import { assertNever } from "@mortise/core/adapter";
import { isSame, type Change, type ChangeOf, type Unsupported } from "@mortise/core/state";

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
      return undefined;
    case "replaceForeignKey":
      return unnamed(change.from.name, "foreign key", change.table);
    case "replaceCheck":
      return unnamed(change.from.name, "check", change.table);
    case "setPrimaryKey":
      return change.from === undefined ? undefined : unnamed(change.from.name, "primary key", change.table);
    case "renameTable":
    case "renameColumn":
      return `The rename of "${change.from}" to "${change.to}" has to be made by hand: this migrator does not rename yet.`;
    case "alterColumn":
      return alterRefusal(change);
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

/** A change of the type may lose what the rows hold, so that nobody makes it unasked. */
function alterRefusal({ from, to, table }: ChangeOf<"alterColumn">): string | undefined {
  const kept = (["databaseType", "autoIncrement", "generated", "collation"] as const).every((part) =>
    isSame(from[part], to[part]),
  );
  if (kept) return undefined;
  return (
    `The column "${to.name}" of the table "${table}" is ${from.databaseType ?? "of another type"} and should be ${to.databaseType ?? "another"}: ` +
    "its type, collation, numbering or expression has to be changed by hand, as this migrator does not do it yet."
  );
}
