import type { HookQuery } from "../types/hook-query.ts";
import type { RowOf } from "../types/row.ts";
import { buildModelInfo } from "./build-model-info.ts";
import type { Columns } from "./column.ts";
import { MODEL_INFO, type Model } from "./model.ts";
import type { CaseConvention, ModelInfo, ReferenceAction } from "./model-info.ts";

/** The six hooks, typed to the model's columns. All may be async. */
export interface Hooks<C extends Columns> {
  /** Before every read. Conditions it adds are grouped with AND around the caller's and added once. */
  beforeFetch?(query: HookQuery<C>): unknown;
  /** After every read. A returned list replaces the rows; returning nothing keeps them. */
  afterFetch?(rows: RowOf<C>[]): RowOf<C>[] | void | Promise<RowOf<C>[] | void>;
  /** Before a single insert; change `data` in place. */
  beforeInsert?(data: Partial<RowOf<C>>): void | Promise<void>;
  /** Before a bulk insert; when absent, `beforeInsert` runs for each row. */
  beforeInsertMany?(data: Partial<RowOf<C>>[]): void | Promise<void>;
  /** Before an update, soft deletes and restores included: add conditions to the write's query. */
  beforeUpdate?(query: HookQuery<C>): unknown;
  /** Before a delete that removes rows: add conditions to the write's query. */
  beforeDelete?(query: HookQuery<C>): unknown;
}

/** What an index sorts by beside the value. */
interface PartOptions {
  readonly order?: "asc" | "desc";
  /** Where it differs from the column's own. */
  readonly collation?: string;
  /** Where nulls stand, on engines that let one choose. */
  readonly nulls?: "first" | "last";
  /** PostgreSQL: the operators to compare with, such as `text_pattern_ops`. */
  readonly operatorClass?: string;
}

/** A part of an index: a column, perhaps with more to say, or an expression in the database's own words. */
export type IndexPart<K extends string> =
  | K
  | ({
      readonly column: K;
      /** MySQL: only so many characters or bytes at the beginning. */
      readonly length?: number;
    } & PartOptions)
  | ({ readonly expression: string } & PartOptions);

export interface IndexOptions<K extends string> {
  readonly columns: readonly IndexPart<K>[];
  readonly name?: string;
  readonly unique?: boolean;
  /** SQL of a partial index. */
  readonly where?: string;
  readonly type?: string;
  readonly include?: readonly K[];
  readonly order?: { readonly [N in K]?: "asc" | "desc" };
  readonly nullsNotDistinct?: boolean;
}

export interface ForeignKeyOptions<K extends string> {
  readonly columns: readonly K[];
  /** Table and columns by their names in the database. */
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
  readonly name?: string;
  readonly deferrable?: boolean;
}

/** A convention as a function. It is not quite the one of `CaseConvention`, so that `V` is inferred from it and not left out. */
type Convert = (name: string, _?: never) => string;

export interface Options<K extends string, V extends CaseConvention = CaseConvention> {
  /** How generated code names properties; "camel" unless said otherwise. */
  readonly modelCaseConvention?: CaseConvention;
  /** How property names become database names; "snake" unless said otherwise. */
  readonly databaseCaseConvention?: V | Convert;
  /** "deletedAt" when that column exists. */
  readonly softDeleteColumn?: K;
  /** What a soft delete writes; the instant of the call unless said otherwise. */
  readonly softDeleteValue?: boolean | string | (() => unknown);
  readonly connection?: string;
  /** Namespace on PostgreSQL, database on MySQL. */
  readonly schema?: string;
  readonly comment?: string;
  readonly engine?: string;
  readonly charset?: string;
  readonly collation?: string;
  /** SQLite: false creates the table without STRICT. */
  readonly strict?: boolean;
  /** SQLite: a table clustered by its primary key. */
  readonly withoutRowid?: boolean;
  /** The stored type of polymorphic relations; the table's name unless said otherwise. */
  readonly morphName?: string;
  /** The table's former name in the database. */
  readonly renamedFrom?: string;
}

export interface ModelDefinition<
  C extends Columns,
  V extends CaseConvention = CaseConvention,
  K extends string = keyof C & string,
> {
  readonly columns: C;
  readonly primaryKey?:
    | NoInfer<K>
    | readonly NoInfer<K>[]
    | { readonly columns: readonly NoInfer<K>[]; readonly name?: string };
  readonly indexes?: readonly (readonly IndexPart<NoInfer<K>>[] | IndexOptions<NoInfer<K>>)[];
  readonly uniques?: readonly (
    | readonly NoInfer<K>[]
    | { readonly columns: readonly NoInfer<K>[]; readonly name?: string }
  )[];
  readonly checks?: readonly (string | { readonly expression: string; readonly name?: string })[];
  readonly foreignKeys?: readonly ForeignKeyOptions<NoInfer<K>>[];
  readonly hooks?: Hooks<NoInfer<C>>;
  readonly options?: Options<NoInfer<K>, V>;
}

/**
 * Defines a model: a table, its columns and its physical constraints. Relations are declared apart, by `defineRelations`.
 *
 * `const User = defineModel("users", { columns: { id: col.increment(), email: col.string({ nullable: false }) } })`
 *
 * Every mistake is a `ModelDefinitionError` that names the model and the key, thrown here.
 */
export function defineModel<const N extends string, C extends Columns, V extends CaseConvention = "snake">(
  table: N,
  definition: ModelDefinition<C, V>,
): Model<N, C, V> {
  const info = buildModelInfo(table, definition);
  return modelClass<N, C, V>(info, definition.columns);
}

/** The class of a model's rows. Its statics stand for the metadata, as `Model` says. */
function modelClass<N extends string, C extends Columns, V extends CaseConvention>(
  info: ModelInfo,
  columns: C,
): Model<N, C, V> {
  const rowClass = class {
    constructor(values?: object) {
      if (values !== undefined) assignColumns(this, values, info);
    }
  };
  const primaryKey = info.primaryKey.map((column) => column.property);
  const statics = {
    table: info.table,
    columns: Object.freeze({ ...columns }),
    primaryKey: primaryKey.length === 1 ? primaryKey[0] : Object.freeze(primaryKey),
    indexes: info.indexes,
    uniques: info.uniques,
    checks: info.checks,
    foreignKeys: info.foreignKeys,
    hooks: info.hooks,
    options: info.options,
    name: info.table,
    [MODEL_INFO]: info,
  };
  for (const key of Reflect.ownKeys(statics)) {
    Object.defineProperty(rowClass, key, { value: Reflect.get(statics, key), enumerable: typeof key === "string" });
  }
  return rowClass as unknown as Model<N, C, V>;
}

function assignColumns(row: object, values: object, info: ModelInfo): void {
  for (const [property, value] of Object.entries(values)) {
    if (!info.columns.has(property)) continue;
    Object.defineProperty(row, property, { value, enumerable: true, writable: true, configurable: true });
  }
}
