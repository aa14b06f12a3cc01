import type { ColumnType } from "../model/column-type.ts";
import type { ReferenceAction } from "../model/model-info.ts";

/** A database's tables as neutral data: what models ask for, or what inspection found. Names are database names. */
export interface SchemaState {
  readonly tables: readonly TableState[];
  /** Types of their own that hold the labels of columns, on engines that have them. */
  readonly enums: readonly EnumState[];
  /** Things outside the tables that Mortise does not manage, such as views: seen, kept, never touched. */
  readonly unmanaged: readonly UnmanagedState[];
}

/** A type with a list of labels, in their order. */
export interface EnumState {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly values: readonly string[];
}

export interface TableState {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly columns: readonly ColumnState[];
  readonly primaryKey: { readonly columns: readonly string[]; readonly name: string | undefined } | undefined;
  readonly uniques: readonly UniqueState[];
  readonly indexes: readonly IndexState[];
  readonly foreignKeys: readonly ForeignKeyState[];
  readonly checks: readonly CheckState[];
  readonly options: TableOptions;
  readonly comment: string | undefined;
  readonly renamedFrom: string | undefined;
  /** Things seen on this table that Mortise does not manage: kept, reported, never touched. */
  readonly unmanaged: readonly UnmanagedState[];
}

export interface TableOptions {
  readonly strict: boolean | undefined;
  readonly withoutRowid: boolean;
  readonly engine: string | undefined;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
}

export interface ColumnState {
  readonly name: string;
  /** The logical type; `undefined` when inspection met a type it does not know (see `databaseType`). */
  readonly type: ColumnType | undefined;
  /** The type in the database's own spelling. Desired state leaves it out until `normalise` fills it in. */
  readonly databaseType: string | undefined;
  readonly nullable: boolean;
  readonly default: DefaultState | undefined;
  readonly autoIncrement: boolean;
  readonly generated: { readonly expression: string; readonly stored: boolean } | undefined;
  readonly collation: string | undefined;
  readonly comment: string | undefined;
  readonly renamedFrom: string | undefined;
  /** False: known to the model for reading and writing, but not compared or altered. */
  readonly managed: boolean;
}

export type DefaultState =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "expression"; readonly expression: string };

export interface UniqueState {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  /** Made as an index rather than a constraint, where the engine tells them apart. Both keep the same rows out. */
  readonly asIndex?: boolean | undefined;
}

export interface IndexState {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  readonly where: string | undefined;
  readonly method: string | undefined;
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
}

/** A column or an expression of an index. */
export interface IndexColumn {
  readonly column: string | undefined;
  readonly expression: string | undefined;
  readonly order: "asc" | "desc";
  /** Where it differs from the column's own. */
  readonly collation: string | undefined;
  /** Only so much of the beginning of the column. */
  readonly length?: number | undefined;
  /** Where nulls stand, unless the engine puts them there by itself. */
  readonly nulls?: "first" | "last" | undefined;
  /** The operators to compare with, where they are not those of the type. */
  readonly operatorClass?: string | undefined;
}

export interface ForeignKeyState {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly references: {
    readonly table: string;
    readonly namespace: string | undefined;
    readonly columns: readonly string[];
  };
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
  readonly deferrable: boolean;
}

export interface CheckState {
  readonly name: string | undefined;
  readonly expression: string;
  /** The columns that `{0}`, `{1}` … in the expression stand for, until `normalise` spells them as the database does. */
  readonly columns?: readonly string[];
}

export interface UnmanagedState {
  readonly kind: string;
  readonly name: string;
  /** The statement that makes it again, where a table can only be changed by making it anew. */
  readonly definition?: string;
  /** Left behind by a step that was cut off: it serves nobody, and goes when the step is made again. */
  readonly unfinished?: true;
}
