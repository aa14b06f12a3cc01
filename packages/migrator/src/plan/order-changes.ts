import { qualifiedName, type Change, type ChangeKind, type TableState } from "@mortise/core/state";

/** The order of the kinds: names first, then what stands in the way, then what others build upon, and what is gone last. */
const phases: Readonly<Record<ChangeKind, number>> = {
  createNamespace: -1,
  createExtension: -1,
  createEnum: 0,
  alterEnum: 0,
  renameTable: 1,
  renameColumn: 2,
  renameIndex: 2,
  dropForeignKey: 3,
  dropCheck: 3.5,
  dropIndex: 3.5,
  dropUnique: 3.5,
  createTable: 4,
  alterTable: 5,
  setTableComment: 5,
  addColumn: 6,
  alterColumn: 7,
  changeTable: 7,
  setPrimaryKey: 8,
  addCheck: 9,
  replaceCheck: 9,
  addUnique: 10,
  replaceUnique: 10,
  createIndex: 11,
  replaceIndex: 11,
  addForeignKey: 12,
  replaceForeignKey: 12,
  dropColumn: 13,
  dropTable: 14,
  dropEnum: 15,
  dropNamespace: 16,
};

/** Changes in an order in which each finds what it needs: tables after those they point at, as far as there is no circle. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  const created = changes.flatMap((change) => (change.kind === "createTable" ? [change.table] : []));
  const dropped = changes.flatMap((change) => (change.kind === "dropTable" ? [change.table] : []));
  const ordered = [...orderTables(created), ...orderTables(dropped).toReversed()];
  const places = new Map(ordered.map((table, place) => [table, place]));
  return changes.toSorted((a, b) => {
    const phase = phases[a.kind] - phases[b.kind];
    return phase === 0 ? placeOf(a, places) - placeOf(b, places) : phase;
  });
}

function placeOf(change: Change, places: ReadonlyMap<TableState, number>): number {
  return change.kind === "createTable" || change.kind === "dropTable" ? (places.get(change.table) ?? 0) : 0;
}

/** A depth-first walk along the foreign keys; a circle is cut where the walk comes back to it. */
function orderTables(tables: readonly TableState[]): readonly TableState[] {
  const byName = new Map(tables.map((table) => [qualifiedName(table), table]));
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
  for (const table of tables) visit(table);
  return [...ordered];
}
