import { qualifiedName, type Change, type SchemaState, type TableState } from "@mortise/core/state";
import { diffTable } from "./diff-table.ts";
import type { Fold } from "./match.ts";
import type { KeptObject, SchemaDiff } from "./schema-diff.ts";

/**
 * What has to change for a database to be as the schema asks. Both states are in the adapter's normal form.
 *
 * Pure. Objects that the schema does not name are never changes: they are listed as kept.
 */
export function diffStates(actual: SchemaState, desired: SchemaState, fold: Fold): SchemaDiff {
  const key = (table: TableState): string => tableKey(table.namespace, table.name, fold);
  const left = new Map(actual.tables.map((table) => [key(table), table]));
  const changes: Change[] = [];
  const kept: KeptObject[] = [];
  for (const table of desired.tables) {
    const existing = left.get(key(table));
    const renamed = table.renamedFrom && left.get(tableKey(table.namespace, table.renamedFrom, fold));
    if (existing !== undefined) {
      const diff = diffTable(existing, table, fold);
      changes.push(...diff.changes);
      kept.push(...diff.kept);
      left.delete(key(table));
    } else if (renamed) {
      changes.push({
        kind: "renameTable",
        table: renamed.name,
        namespace: table.namespace,
        from: renamed.name,
        to: table.name,
      });
      left.delete(key(renamed));
    } else {
      changes.push({ kind: "createTable", table });
    }
  }
  const tables = [...left.values()].map((table) => ({ kind: "table", table: undefined, name: qualifiedName(table) }));
  const others = actual.unmanaged.map(({ kind, name }) => ({ kind, table: undefined, name }));
  return { changes, kept: [...tables, ...kept, ...others] };
}

function tableKey(namespace: string | undefined, name: string, fold: Fold): string {
  return JSON.stringify([namespace === undefined ? null : fold(namespace), fold(name)]);
}
