import { qualifiedName, type Change, type ChangeKind, type TableState } from "@mortise/core/state";

/** The order of the kinds: names first, then what others build upon. */
const phases: Readonly<Record<ChangeKind, number>> = {
  renameTable: 0,
  renameColumn: 1,
  createTable: 2,
  alterTable: 3,
  setTableComment: 3,
  addColumn: 4,
  alterColumn: 5,
  setPrimaryKey: 6,
  addCheck: 7,
  replaceCheck: 7,
  addUnique: 8,
  replaceUnique: 8,
  createIndex: 9,
  replaceIndex: 9,
  addForeignKey: 10,
  replaceForeignKey: 10,
};

/** Changes in an order in which each finds what it needs: tables after those they point at, as far as there is no circle. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  const tables = new Map(orderTables(changes).map((table, place) => [table, place]));
  return changes.toSorted((a, b) => {
    const phase = phases[a.kind] - phases[b.kind];
    if (phase !== 0 || a.kind !== "createTable" || b.kind !== "createTable") return phase;
    return (tables.get(a.table) ?? 0) - (tables.get(b.table) ?? 0);
  });
}

/** A depth-first walk along the foreign keys; a circle is cut where the walk comes back to it. */
function orderTables(changes: readonly Change[]): readonly TableState[] {
  const created = changes.flatMap((change) => (change.kind === "createTable" ? [change.table] : []));
  const byName = new Map(created.map((table) => [qualifiedName(table), table]));
  const ordered = new Set<TableState>();
  const seen = new Set<TableState>();
  const visit = (table: TableState): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const { references } of table.foreignKeys) {
      const target = byName.get(qualifiedName({ name: references.table, namespace: references.namespace }));
      if (target !== undefined) visit(target);
    }
    ordered.add(table);
  };
  for (const table of created) visit(table);
  return [...ordered];
}
