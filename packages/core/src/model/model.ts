import type { InstanceOf } from "../types/row.ts";
import type { AnyColumn, Columns } from "./column.ts";
import type {
  CaseConvention,
  CheckInfo,
  ForeignKeyInfo,
  IndexInfo,
  ModelHooks,
  ModelInfo,
  ModelOptions,
  UniqueInfo,
} from "./model-info.ts";

/** Where a model class keeps what `defineModel` found out; a symbol, so that no column name can collide. */
export const MODEL_INFO: unique symbol = Symbol.for("mortise.model");

/**
 * What `defineModel` returns: a class of rows that carries its metadata as statics.
 *
 * `N` is its table, `C` its columns, `V` how their names become names in the database.
 * `InstanceType<typeof User>` is the row type and `row instanceof User` holds for rows read through it.
 */
export interface Model<N extends string, C extends Columns, V extends CaseConvention = "snake"> {
  new (values?: Partial<InstanceOf<C>>): InstanceOf<C>;
  readonly table: N;
  readonly columns: C;
  /** One property name, or a list for a composite key. */
  readonly primaryKey: string | readonly string[];
  readonly indexes: readonly IndexInfo[];
  readonly uniques: readonly UniqueInfo[];
  readonly checks: readonly CheckInfo[];
  readonly foreignKeys: readonly ForeignKeyInfo[];
  readonly hooks: ModelHooks;
  readonly options: ModelOptions & { readonly databaseCaseConvention: V };
}

/** Any model; only what every use needs, so that the compiler has little to compare. */
export interface AnyModel {
  readonly table: string;
  readonly columns: Readonly<Record<string, AnyColumn>>;
}

/** What was found out about a model by `defineModel`, or `undefined` for anything else. */
export function modelInfo(model: unknown): ModelInfo | undefined {
  if (typeof model !== "function" || !(MODEL_INFO in model)) return undefined;
  return model[MODEL_INFO] as ModelInfo;
}
