import { changedTable, type Change, type SchemaState, type TableChange, type TableState } from "@mortise/core/state";

/**
 * Changes as MongoDB can make them: everything that changes in a collection is one change, since its validator is one document and every
 * stored document is written anew at most once. A column without a type gets a rule that lets everything through.
 */
export function rewrite(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const tables = new Map(actual.tables.map((table) => [table.name, table]));
  const done = new Set<string>();
  return changes.flatMap((change): readonly Change[] => {
    if (change.kind === "createTable") return [{ ...change, table: withAllManaged(change.table) }];
    if (!isPart(change)) return [change];
    const table = tables.get(change.table);
    if (table === undefined) return [change];
    if (done.has(change.table)) return [];
    done.add(change.table);
    return [
      changeOf(
        table,
        changes
          .filter(isPart)
          .filter((one) => one.table === change.table)
          .map(managed),
      ),
    ];
  });
}

/** A part of the change of a collection. Its name is changed apart from that. */
function isPart(change: Change): change is TableChange {
  return (
    "table" in change &&
    typeof change.table === "string" &&
    change.kind !== "changeTable" &&
    change.kind !== "renameTable"
  );
}

function changeOf(from: TableState, changes: readonly TableChange[]): Change {
  // Renames are in the state already.
  const to = changes.filter(({ kind }) => kind !== "renameColumn").reduce(changedTable, from);
  return { kind: "changeTable", table: from.name, namespace: from.namespace, from, to, changes };
}

function managed(change: TableChange): TableChange {
  return change.kind === "addColumn" ? { ...change, column: { ...change.column, managed: true } } : change;
}

function withAllManaged(table: TableState): TableState {
  return { ...table, columns: table.columns.map((column) => ({ ...column, managed: true })) };
}
