import { qualifiedName } from "./canonical.ts";
import type { Change } from "./change.ts";
import type { ForeignKeyState } from "./schema-state.ts";

/**
 * For engines that want the target of a foreign key to be there: a key to a table that is made later is added when both are there, and
 * a key from a table that goes later is dropped before its target.
 */
export function detachForeignKeys(changes: readonly Change[]): readonly Change[] {
  const later = new Set(
    changes.flatMap((change) => (change.kind === "createTable" ? [qualifiedName(change.table)] : [])),
  );
  const dropped = new Set<string>();
  const added: Change[] = [];
  const early: Change[] = [];
  const rewritten = changes.map((change): Change => {
    if (change.kind === "createTable") {
      const { table } = change;
      const name = qualifiedName(table);
      const isLate = (key: ForeignKeyState): boolean => later.has(targetOf(key)) && targetOf(key) !== name;
      later.delete(name);
      const place = { table: table.name, namespace: table.namespace };
      added.push(
        ...table.foreignKeys
          .filter(isLate)
          .map((foreignKey): Change => ({ kind: "addForeignKey", ...place, foreignKey })),
      );
      return { ...change, table: { ...table, foreignKeys: table.foreignKeys.filter((key) => !isLate(key)) } };
    }
    if (change.kind === "dropTable") {
      const { table } = change;
      const place = { table: table.name, namespace: table.namespace };
      early.push(
        ...table.foreignKeys
          .filter((key) => dropped.has(targetOf(key)))
          .map((foreignKey): Change => ({ kind: "dropForeignKey", ...place, foreignKey })),
      );
      dropped.add(qualifiedName(table));
    }
    return change;
  });
  const drops = rewritten.findIndex((change) => change.kind === "dropTable");
  const at = drops === -1 ? rewritten.length : drops;
  return [...rewritten.slice(0, at), ...added, ...early, ...rewritten.slice(at)];
}

function targetOf({ references }: ForeignKeyState): string {
  return qualifiedName({ name: references.table, namespace: references.namespace });
}
