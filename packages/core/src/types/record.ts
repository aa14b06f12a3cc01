import type { AnyModel } from "../model/model.ts";
import type { Builds, BuiltRow, LoadOptions, LoadTree, Result, TreeRow } from "./query.ts";
import type { RelatedQuery } from "./query-filter.ts";
import type { Loaded, LoadedIn, RelationsOf } from "./registry.ts";
import type { RowOf } from "./row.ts";

declare const MODEL: unique symbol;

/** The names of a model's relations. */
export type RelationNames<R, M extends AnyModel> = keyof RelationsOf<R, M> & string;
/** What loading the relations `N` without a callback adds to a row. */
export type LoadedAll<R, M extends AnyModel, N extends RelationNames<R, M>> = {
  [X in N]: LoadedIn<R, RelationsOf<R, M>[X]>;
};
/** What loading relation `N` with a callback whose query gives `T` adds to a row. */
export type LoadedOne<R, M extends AnyModel, N extends RelationNames<R, M>, T> = {
  [X in N]: Loaded<RelationsOf<R, M>[X], T>;
};

/**
 * What a row that was read through a model can do beside being data. `R`: the schema's relations by table, `M`: the row's model.
 *
 * The methods stand on the prototype behind `$`: no column collides with them, and a spread leaves them behind.
 */
export interface RowMethods<in out R, in out M extends AnyModel> {
  readonly [MODEL]?: (model: M) => M;

  /**
   * Loads relations into this row, and gives it: `(await user.$load("posts")).posts`.
   *
   * One statement for each relation: `select … from "posts" where "posts"."user_id" in (…)`. What was loaded before is replaced.
   * A row without its key columns, or of another schema, is an `InvalidQueryError`. For many rows use `db.loadInto`.
   */
  $load<N extends RelationNames<R, M>>(name: N, options?: LoadOptions): Promise<this & LoadedAll<R, M, N>>;
  $load<N extends RelationNames<R, M>, T>(
    name: N,
    build: (query: RelatedQuery<R, RelationsOf<R, M>[N]>) => Result<T>,
    options?: LoadOptions,
  ): Promise<this & LoadedOne<R, M, N, T>>;
  $load<N extends RelationNames<R, M>>(
    name: N,
    build: (query: RelatedQuery<R, RelationsOf<R, M>[N]>) => void | undefined,
    options?: LoadOptions,
  ): Promise<this & LoadedAll<R, M, N>>;
  $load<N extends RelationNames<R, M>, const B extends Builds<R, RelationsOf<R, M>[N]>>(
    name: N,
    targets: B,
    options?: LoadOptions,
  ): Promise<this & LoadedOne<R, M, N, BuiltRow<R, RelationsOf<R, M>[N], B>>>;
  $load<const T extends LoadTree<R, RelationsOf<R, M>>>(tree: T): Promise<this & TreeRow<R, RelationsOf<R, M>, T>>;
  $load<N extends RelationNames<R, M>>(...names: N[]): Promise<this & LoadedAll<R, M, N>>;

  /** As `$load`, without the relations that this row has already. */
  $loadMissing<N extends RelationNames<R, M>>(...names: N[]): Promise<this & LoadedAll<R, M, N>>;
}

/** A row of model `M` as reads give it: its data and the methods behind `$`. */
export type Stored<R, M extends AnyModel, T = RowOf<M["columns"]>> = T & RowMethods<R, M>;

/**
 * The data of rows without their methods, loaded relations included, as `plain()` gives it.
 *
 * Before: `Stored<R, typeof User, { id: number }>[]`. After: `{ id: number }[]`.
 */
export type PlainOf<T> = T extends readonly (infer Item)[]
  ? IsRow<Item> extends true
    ? PlainOf<Item>[]
    : T
  : IsRow<T> extends true
    ? { [K in keyof T as K extends keyof RowMethods<unknown, AnyModel> ? never : K]: PlainOf<T[K]> }
    : T;
type IsRow<T> = [T] extends [never]
  ? false
  : NonNullable<T> extends { readonly $loadMissing: (...names: never[]) => unknown }
    ? true
    : false;
