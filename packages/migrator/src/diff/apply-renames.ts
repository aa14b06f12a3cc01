import { changedTable, type Change, type SchemaState, type TableChange, type TableState } from "@mortise/core/state";
import type { DiffRules } from "./schema-diff.ts";

/** The renames between two states, and the first state as it is after them. */
export interface Renamed {
  readonly changes: readonly Change[];
  readonly state: SchemaState;
}

/** Names that the database has under another name already are left alone, so that a hint does nothing the second time. */
export function applyRenames(actual: SchemaState, desired: SchemaState, rules: DiffRules): Renamed {
  let state = actual;
  const changes: TableChange[] = [];
  const make = (change: TableChange): void => {
    changes.push(change);
    state = renamedState(state, change, rules);
  };
  for (const table of desired.tables) for (const change of tableRename(state, table, rules)) make(change);
  for (const table of desired.tables) {
    for (const column of table.columns) {
      const existing = findTable(state, table, table.name, rules);
      const from = column.renamedFrom;
      if (existing === undefined || from === undefined || hasColumn(existing, column.name, rules)) continue;
      const old = existing.columns.find(({ name }) => rules.foldName(name) === rules.foldName(from));
      if (old === undefined) continue;
      make({
        kind: "renameColumn",
        table: existing.name,
        namespace: existing.namespace,
        from: old.name,
        to: column.name,
      });
    }
  }
  return { changes, state };
}

function tableRename(state: SchemaState, table: TableState, rules: DiffRules): readonly TableChange[] {
  if (table.renamedFrom === undefined || findTable(state, table, table.name, rules) !== undefined) return [];
  const old = findTable(state, table, table.renamedFrom, rules);
  if (old === undefined) return [];
  return [{ kind: "renameTable", table: old.name, namespace: old.namespace, from: old.name, to: table.name }];
}

function findTable(
  state: SchemaState,
  like: TableState,
  name: string,
  { foldName }: DiffRules,
): TableState | undefined {
  const isNamed = (table: TableState): boolean =>
    foldName(table.name) === foldName(name) && foldName(table.namespace ?? "") === foldName(like.namespace ?? "");
  return state.tables.find(isNamed);
}

function hasColumn(table: TableState, name: string, { foldName }: DiffRules): boolean {
  return table.columns.some((column) => foldName(column.name) === foldName(name));
}

/** Every engine carries a rename over to keys, checks and expressions of its own and to foreign keys of other tables. */
function renamedState(state: SchemaState, change: TableChange, rules: DiffRules): SchemaState {
  const isTarget = (name: string, namespace: string | undefined): boolean =>
    name === change.table && namespace === change.namespace;
  return {
    ...state,
    tables: state.tables.map((table) => {
      const changed = isTarget(table.name, table.namespace) ? renamedTable(table, change, rules) : table;
      const pointsHere = changed.foreignKeys.map((key) =>
        isTarget(key.references.table, key.references.namespace)
          ? { ...key, references: renamedTarget(key.references, change) }
          : key,
      );
      return { ...changed, foreignKeys: pointsHere };
    }),
  };
}

type Target = TableState["foreignKeys"][number]["references"];

function renamedTarget(target: Target, change: TableChange): Target {
  if (change.kind === "renameTable") return { ...target, table: change.to };
  if (change.kind !== "renameColumn") return target;
  return { ...target, columns: target.columns.map((column) => (column === change.from ? change.to : column)) };
}

function renamedTable(table: TableState, change: TableChange, { renameIn }: DiffRules): TableState {
  const changed = changedTable(table, change);
  if (change.kind !== "renameColumn") return changed;
  const text = (expression: string): string => renameIn(expression, change.from, change.to);
  return {
    ...changed,
    columns: changed.columns.map((column) => ({
      ...column,
      generated: column.generated && { ...column.generated, expression: text(column.generated.expression) },
    })),
    checks: changed.checks.map((check) => ({ ...check, expression: text(check.expression) })),
    indexes: changed.indexes.map((index) => ({
      ...index,
      where: index.where === undefined ? undefined : text(index.where),
      columns: index.columns.map((part) => ({
        ...part,
        expression: part.expression === undefined ? undefined : text(part.expression),
      })),
    })),
  };
}
