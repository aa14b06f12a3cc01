import { qualifiedName, type Change } from "@mortise/core/state";

/** The table that a change is made to, as messages name it; the type's name for a change of a type. */
export function placeOfChange(change: Change): string {
  switch (change.kind) {
    case "createTable":
    case "dropTable":
      return qualifiedName(change.table);
    case "createEnum":
    case "dropEnum":
      return qualifiedName(change.type);
    case "alterEnum":
      return qualifiedName(change.to);
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return change.name;
    default:
      return qualifiedName({ name: change.table, namespace: change.namespace });
  }
}

/** The changes that one step makes: those of a table that is changed as a whole, or the one change. */
export function partsOf(change: Change): readonly Change[] {
  return change.kind === "changeTable" ? change.changes : [change];
}
