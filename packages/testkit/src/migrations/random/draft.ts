import type { KindName } from "./draft-kinds.ts";

/** A schema while it is being changed at random: what has a key stays itself under every name and type. */
export interface Draft {
  readonly tables: readonly DraftTable[];
  /** The next key, so that no name ever comes back. */
  readonly next: number;
}

export interface DraftTable {
  readonly key: number;
  readonly name: string;
  readonly renamedFrom: string | undefined;
  readonly rows: number;
  readonly columns: readonly DraftColumn[];
  readonly indexes: readonly DraftIndex[];
  readonly checks: readonly DraftCheck[];
  readonly references: readonly DraftReference[];
  readonly comment: string | undefined;
}

export interface DraftColumn {
  readonly key: number;
  readonly name: string;
  readonly renamedFrom: string | undefined;
  readonly kind: KindName;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly unique: boolean;
  /** False when rows share a value, so that no unique key can stand on it. */
  readonly distinct: boolean;
  /** True once something stood on it that goes only with some types, and that may be kept. */
  readonly pinned: boolean;
  /** True for a column that points at a row: its type is that of the key. */
  readonly fixed: boolean;
  readonly comment: string | undefined;
}

export interface DraftIndex {
  readonly key: number;
  readonly columns: readonly number[];
  readonly descending: boolean;
}

export interface DraftCheck {
  readonly key: number;
  readonly column: number;
  readonly bound: number;
}

export interface DraftReference {
  readonly column: number;
  readonly table: number;
  readonly onDelete: "cascade" | "set null" | "no action";
}

/** Changes one table of a draft. */
export function withTable(draft: Draft, key: number, edit: (table: DraftTable) => DraftTable): Draft {
  return { ...draft, tables: draft.tables.map((table) => (table.key === key ? edit(table) : table)) };
}

/** Changes one column of a table. */
export function withColumn(table: DraftTable, key: number, edit: (column: DraftColumn) => DraftColumn): DraftTable {
  return { ...table, columns: table.columns.map((column) => (column.key === key ? edit(column) : column)) };
}

/** A draft whose renames are made. */
export function settled(draft: Draft): Draft {
  const tables = draft.tables.map((table) => ({
    ...table,
    renamedFrom: undefined,
    columns: table.columns.map((column) => ({ ...column, renamedFrom: undefined })),
  }));
  return { ...draft, tables };
}
