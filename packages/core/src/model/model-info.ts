import type { ColumnDefinition } from "./column.ts";

/** A column with its names settled: the property in code and the name in the database. */
export interface ColumnInfo {
  readonly property: string;
  readonly databaseName: string;
  /** Position in the model, which is also its short name in shape keys. */
  readonly index: number;
  readonly definition: ColumnDefinition;
}

/** A column of an index, or an expression. */
export interface IndexPartInfo {
  readonly column: string | undefined;
  readonly expression: string | undefined;
  readonly order: "asc" | "desc";
  readonly collation: string | undefined;
  /** Only so much of the beginning of the column. */
  readonly length: number | undefined;
  readonly nulls: "first" | "last" | undefined;
  readonly operatorClass: string | undefined;
}

export interface IndexInfo {
  /** The columns among its parts. */
  readonly columns: readonly string[];
  readonly parts: readonly IndexPartInfo[];
  readonly name: string | undefined;
  readonly unique: boolean;
  readonly where: string | undefined;
  readonly type: string | undefined;
  readonly include: readonly string[];
  readonly order: Readonly<Record<string, "asc" | "desc">>;
  readonly nullsNotDistinct: boolean;
}

export interface UniqueInfo {
  readonly columns: readonly string[];
  readonly name: string | undefined;
}

export interface CheckInfo {
  readonly expression: string;
  readonly name: string | undefined;
}

export type ReferenceAction = "cascade" | "restrict" | "set null" | "set default" | "no action";

export interface ForeignKeyInfo {
  readonly columns: readonly string[];
  /** Table and columns by database name. */
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  readonly onDelete: ReferenceAction | undefined;
  readonly onUpdate: ReferenceAction | undefined;
  readonly name: string | undefined;
  readonly deferrable: boolean;
}

export type CaseConvention = "camel" | "snake" | "pascal" | "preserve" | ((name: string) => string);

export interface ModelOptions {
  readonly modelCaseConvention: CaseConvention;
  readonly databaseCaseConvention: CaseConvention;
  readonly softDeleteColumn: string | undefined;
  readonly softDeleteValue: boolean | string | (() => unknown) | undefined;
  readonly connection: string | undefined;
  readonly schema: string | undefined;
  readonly comment: string | undefined;
  readonly engine: string | undefined;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
  readonly strict: boolean | undefined;
  readonly withoutRowid: boolean;
  readonly morphName: string | undefined;
  readonly renamedFrom: string | undefined;
}

type Hook = (argument: never) => unknown;

/** The hooks of a model as the runtime sees them; their typed form is `Hooks` in `define-model.ts`. */
export interface ModelHooks {
  readonly beforeFetch?: Hook | undefined;
  readonly afterFetch?: Hook | undefined;
  readonly beforeInsert?: Hook | undefined;
  readonly beforeInsertMany?: Hook | undefined;
  readonly beforeUpdate?: Hook | undefined;
  readonly beforeDelete?: Hook | undefined;
}

export type HookName = keyof ModelHooks;

/** Everything known of one model, checked and frozen: what builders, adapters and the migrator read. */
export interface ModelInfo {
  readonly table: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;
  readonly byDatabaseName: ReadonlyMap<string, ColumnInfo>;
  readonly primaryKey: readonly ColumnInfo[];
  /** Where the model names the key; the engine does otherwise. */
  readonly primaryKeyName: string | undefined;
  readonly softDelete: ColumnInfo | undefined;
  readonly indexes: readonly IndexInfo[];
  readonly uniques: readonly UniqueInfo[];
  readonly checks: readonly CheckInfo[];
  readonly foreignKeys: readonly ForeignKeyInfo[];
  readonly hooks: ModelHooks;
  readonly options: ModelOptions;
}
