import { MigrationError } from "@mortise/core/adapter";
import {
  qualifiedName,
  type EnumState,
  type SchemaAdapter,
  type SchemaState,
  type TableState,
} from "@mortise/core/state";
import type { TablePlace } from "./table-name.ts";

type Fold = SchemaAdapter["foldName"];

/** A state on its way, with what the way knows and a state cannot say. */
export interface Draft {
  readonly state: SchemaState;
  /** Index renames: which table, from and to. */
  readonly indexRenames: readonly { readonly table: string; readonly from: string; readonly to: string }[];
  /** Labels of types that go on under another name. */
  readonly labelRenames: readonly { readonly type: string; readonly from: string; readonly to: string }[];
  /** Tables that shall go, as they are now. */
  readonly dropped: readonly TableState[];
  readonly droppedEnums: readonly EnumState[];
  /** Where new columns stand, by table and column. */
  readonly positions: ReadonlyMap<string, "first" | { readonly after: string }>;
  /** Names that became free since the state was looked at: taking one again needs them to be gone first. */
  readonly freed: ReadonlySet<string>;
}

export function emptyDraft(state: SchemaState): Draft {
  return {
    state,
    indexRenames: [],
    labelRenames: [],
    dropped: [],
    droppedEnums: [],
    positions: new Map(),
    freed: new Set(),
  };
}

export function tableKey({ name, namespace }: TablePlace, fold: Fold): string {
  return JSON.stringify([namespace === undefined ? null : fold(namespace), fold(name)]);
}

export function columnKey(table: TablePlace, column: string, fold: Fold): string {
  return JSON.stringify([tableKey(table, fold), fold(column)]);
}

export function findTable({ tables }: SchemaState, place: TablePlace, fold: Fold): TableState | undefined {
  return tables.find((table) => tableKey(table, fold) === tableKey(place, fold));
}

export function requireTable(state: SchemaState, place: TablePlace, fold: Fold): TableState {
  const found = findTable(state, place, fold);
  if (found !== undefined) return found;
  throw new MigrationError(`There is no table "${qualifiedName(place)}" to change.`);
}

export function withTable(draft: Draft, old: TableState, table: TableState): Draft {
  const tables = draft.state.tables.map((one) => (one === old ? table : one));
  return { ...draft, state: { ...draft.state, tables } };
}

export function withFreed(draft: Draft, key: string): Draft {
  return { ...draft, freed: new Set([...draft.freed, key]) };
}

/** A table with nothing in it yet. */
export function emptyTable({ name, namespace }: TablePlace): TableState {
  return {
    name,
    namespace,
    columns: [],
    primaryKey: undefined,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: undefined,
    renamedFrom: undefined,
    unmanaged: [],
  };
}
