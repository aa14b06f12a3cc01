import { changedTable } from "./apply-change.ts";
import type { Change } from "./change.ts";
import type { SchemaState, TableState } from "./schema-state.ts";

/** The state that changes lead to. Pure; renames are made first, and are in the state already. */
export function stateAfter(state: SchemaState, changes: readonly Change[]): SchemaState {
  return changes.reduce(changedState, state);
}

function changedState(state: SchemaState, change: Change): SchemaState {
  switch (change.kind) {
    case "createTable":
      return { ...state, tables: [...state.tables, change.table] };
    case "dropTable":
      return { ...state, tables: state.tables.filter((table) => !isNamed(table, change.table)) };
    case "createEnum":
      return { ...state, enums: [...state.enums, change.type] };
    case "alterEnum":
      return { ...state, enums: state.enums.map((type) => (isNamed(type, change.to) ? change.to : type)) };
    case "dropEnum":
      return { ...state, enums: state.enums.filter((type) => !isNamed(type, change.type)) };
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return state;
    case "changeTable":
      return change.changes.reduce(changedState, state);
    case "renameTable":
    case "renameColumn":
      return state;
    default: {
      const place = { name: change.table, namespace: change.namespace };
      const tables = state.tables.map((table) => (isNamed(table, place) ? changedTable(table, change) : table));
      return { ...state, tables };
    }
  }
}

type Named = Pick<TableState, "name" | "namespace">;

function isNamed(a: Named, b: Named): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}
