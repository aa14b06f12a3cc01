import type { AnyColumn, Column, Columns, InOf, OutOf } from "../model/column.ts";
import type { HookName } from "../model/model-info.ts";
import type { Subquery } from "../model/operand.ts";
import type { AnyModel } from "../model/model.ts";
import type { OneOf } from "../model/relation-helpers.ts";
import type { ChangesOf, ExpressionOf, SqlOnly, TableOf, TextOf } from "./documents.ts";
import type { Aggregated, Filter, ModelQuery, RelatedBuild, RelatedQuery } from "./query-filter.ts";
import type { KnownNames, NestedInsert, NestedRow } from "./nested-insert.ts";
import type { PlainOf, Stored } from "./record.ts";
import type { BranchRow, Loaded, LoadedIn, RelationsOf, RowIn, TargetOf } from "./registry.ts";
import type { InsertOf, RowOf, Simplify, UpdateOf } from "./row.ts";

declare const RESULT: unique symbol;
declare const ALL: unique symbol;
/** Stands for "nothing was picked, so all columns". */
export type All = typeof ALL;

/** What a query gives, as a phantom that a `load` callback's query is read from. */
export interface Result<T> {
  readonly [RESULT]?: T;
}

/** One result row: the picked columns, the loaded relations and the computed extras. */
export type Output<R, M extends AnyModel, P extends PropertyKey, L> = Stored<
  R,
  M,
  Simplify<(All extends P ? RowOf<M["columns"]> : PickedOf<M["columns"], P & keyof M["columns"]>) & L>
>;
type PickedOf<C extends Columns, K extends keyof C> = { -readonly [X in K]: OutOf<C[X]> };
/** What stays picked when only computed columns were asked for. */
type Kept<P> = [All] extends [P] ? never : P;

/** Options every terminal takes. */
export interface ExecuteOptions {
  /** Stops the query, on the server where there is one, with `QueryCancelledError`. */
  readonly signal?: AbortSignal;
  /** Stops each statement after so many milliseconds, with `QueryTimeoutError`. */
  readonly timeout?: number;
}

export type Direction = "asc" | "desc";
export interface OrderOptions {
  /** Nulls come first ascending and last descending unless said otherwise, on every engine. */
  readonly nulls?: "first" | "last";
}
export interface PageRequest {
  readonly page?: number;
  readonly perPage?: number;
}
export interface CursorRequest {
  readonly perPage?: number;
  readonly after?: string | null;
  readonly before?: string | null;
}
export interface Page<T> {
  readonly data: T[];
  readonly meta: {
    readonly total: number;
    readonly perPage: number;
    readonly currentPage: number;
    readonly lastPage: number;
    readonly firstPage: number;
    readonly from: number | null;
    readonly to: number | null;
    readonly hasMorePages: boolean;
    readonly hasPages: boolean;
    readonly isEmpty: boolean;
  };
}
export interface SimplePage<T> {
  readonly data: T[];
  readonly meta: { readonly perPage: number; readonly currentPage: number; readonly hasMorePages: boolean };
}
export interface CursorPage<T> {
  readonly data: T[];
  readonly meta: {
    readonly nextCursor: string | null;
    readonly previousCursor: string | null;
    readonly hasMorePages: boolean;
  };
}
export interface LockOptions {
  readonly skipLocked?: boolean;
  readonly noWait?: boolean;
}
export interface LoadOptions {
  /** How the relation is fetched; the adapter's measured default unless said otherwise. No adapter has all of them. */
  readonly strategy?: "separate" | "json" | "lookup";
}
export interface ToSQL {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}
interface As<A extends string> {
  readonly as: A;
}

/** A single key value, a list for a composite key, or an object by property. */
export type KeyInput<C extends Columns> =
  | string
  | number
  | bigint
  | Date
  | readonly unknown[]
  | { readonly [K in keyof C]?: unknown };
/** `"posts"` -> `{ "posts.id": …, "posts.title": … }`: the columns of a joined model. */
export type Qualified<T> = T extends {
  readonly table: infer N extends string;
  readonly columns: infer C extends Columns;
}
  ? { readonly [K in keyof C & string as `${N}.${K}`]: C[K] }
  : {};
type AliasedRow<C extends Columns, A> = { -readonly [K in keyof A]: A[K] extends keyof C ? OutOf<C[A[K]]> : never };
type Joined<R, M extends AnyModel, Rels, C extends Columns, P extends PropertyKey, L, T> = Query<
  R,
  M,
  Rels,
  C & Qualified<M> & Qualified<T>,
  P,
  L
>;
/** The names an aggregate of a relation gets: `posts`, `Count` -> `postsCount`. */
type Suffixed<N extends string, S extends string> = `${N}${S}`;
type TargetColumns<Rel> = TargetOf<Rel>["columns"];
/** Relations by name, nested. `never` for a model without relations, since a text would do for `{}`. */
export type LoadTree<R, Rels> = [keyof Rels & string] extends [never]
  ? never
  : { readonly [N in keyof Rels & string]?: true | TreeBelow<R, TargetOf<Rels[N]>> };
/** Below a relation to one of several models stand its targets. */
type TreeBelow<R, M extends AnyModel> =
  M extends OneOf<infer T>
    ? { readonly [K in keyof T]?: true | LoadTree<R, RelationsOf<R, T[K]>> }
    : LoadTree<R, RelationsOf<R, M>>;
export type TreeRow<R, Rels, T> = {
  [N in keyof T & (keyof Rels & string)]: Loaded<Rels[N], Branch<R, TargetOf<Rels[N]>, T[N]>>;
};
type Branch<R, M extends AnyModel, T> = T extends true
  ? RowIn<R, M>
  : M extends OneOf<infer Targets>
    ? {
        [K in keyof Targets & string]: Stored<R, Targets[K], BranchRow<K, TreeBranch<R, Targets[K], T, K>>>;
      }[keyof Targets & string]
    : Stored<R, M, Simplify<RowOf<M["columns"]> & TreeRow<R, RelationsOf<R, M>, T>>>;
type TreeBranch<R, M extends AnyModel, T, K> = K extends keyof T
  ? T[K] extends true
    ? RowOf<M["columns"]>
    : RowOf<M["columns"]> & TreeRow<R, RelationsOf<R, M>, T[K]>
  : RowOf<M["columns"]>;

/** What may be said of the targets of a `morphTo` when it is loaded: a callback for some of them. */
export type Builds<R, Rel> =
  TargetOf<Rel> extends OneOf<infer T>
    ? { readonly [K in keyof T]?: true | ((query: ModelQuery<R, T[K]>) => unknown) }
    : never;
/** The rows that loading them so gives. */
export type BuiltRow<R, Rel, B> =
  TargetOf<Rel> extends OneOf<infer T>
    ? {
        [K in keyof T & string]: Stored<R, T[K], BranchRow<K, BuiltBranch<B, K, RowOf<T[K]["columns"]>>>>;
      }[keyof T & string]
    : never;
type BuiltBranch<B, K, Plain> = K extends keyof B
  ? B[K] extends (query: never) => Result<infer T>
    ? unknown extends T
      ? Plain
      : T
    : Plain
  : Plain;

/**
 * A query on one model: an immutable value; every method returns a new one.
 *
 * `R`: the schema's relations by table, `M`: the model, `Rels`: its relations, `C`: the columns in reach, `P`: the picked columns, `L`: what was loaded or computed.
 */
export interface Query<
  in out R,
  in out M extends AnyModel,
  in out Rels,
  in out C extends Columns,
  in out P extends PropertyKey,
  out L,
> extends Filter<R, Rels, C> {
  readonly [RESULT]?: Output<R, M, P, L>;

  select<K extends keyof M["columns"] & string>(...columns: K[]): Query<R, M, Rels, C, K, L>;
  select<K extends keyof C & string>(
    ...columns: K[]
  ): Query<R, M, Rels, C, K, L & Pick<RowOf<C>, Exclude<K, keyof M["columns"]>>>;
  select<const A extends Readonly<Record<string, keyof C & string>>>(
    aliases: A,
  ): Query<R, M, Rels, C, never, L & AliasedRow<C, A>>;
  /** Adds computed columns: `selectRaw<{ n: number }>("count(*) as n")`. */
  selectRaw<T extends object = Record<string, unknown>>(
    text: TextOf<R>,
    bindings?: readonly unknown[],
  ): Query<R, M, Rels, C, Kept<P>, L & T>;
  selectCount<A extends string>(as: A): Query<R, M, Rels, C, Kept<P>, L & Record<A, number>>;
  selectSum<K extends keyof C & string, A extends string>(
    column: K,
    as: A,
  ): Query<R, M, Rels, C, Kept<P>, L & Record<A, Aggregated<C[K]> | null>>;
  selectAvg<K extends keyof C & string, A extends string>(
    column: K,
    as: A,
  ): Query<R, M, Rels, C, Kept<P>, L & Record<A, Average<C[K]> | null>>;
  selectMin<K extends keyof C & string, A extends string>(
    column: K,
    as: A,
  ): Query<R, M, Rels, C, Kept<P>, L & Record<A, Aggregated<C[K]> | null>>;
  selectMax<K extends keyof C & string, A extends string>(
    column: K,
    as: A,
  ): Query<R, M, Rels, C, Kept<P>, L & Record<A, Aggregated<C[K]> | null>>;
  distinct(): this;
  distinctOn(this: SqlOnly<R>, ...columns: (keyof C & string)[]): this;

  join<T extends AnyModel>(
    model: T,
    left: (keyof C & string) | (keyof Qualified<M> & string),
    right: (keyof Qualified<T> & string) | (keyof T["columns"] & string),
  ): Joined<R, M, Rels, C, P, L, T>;
  join<T extends AnyModel>(
    model: T,
    on: (on: JoinOn<C & Qualified<M> & Qualified<T>>) => unknown,
  ): Joined<R, M, Rels, C, P, L, T>;
  join(table: TableOf<R>, left: string, right: string): LooseQuery<R, M, Rels, C, P, L>;
  leftJoin<T extends AnyModel>(
    model: T,
    left: (keyof C & string) | (keyof Qualified<M> & string),
    right: (keyof Qualified<T> & string) | (keyof T["columns"] & string),
  ): Joined<R, M, Rels, C, P, L, T>;
  leftJoin<T extends AnyModel>(
    model: T,
    on: (on: JoinOn<C & Qualified<M> & Qualified<T>>) => unknown,
  ): Joined<R, M, Rels, C, P, L, T>;
  leftJoin(table: TableOf<R>, left: string, right: string): LooseQuery<R, M, Rels, C, P, L>;
  rightJoin<T extends AnyModel>(
    this: SqlOnly<R>,
    model: T,
    left: (keyof C & string) | (keyof Qualified<M> & string),
    right: (keyof Qualified<T> & string) | (keyof T["columns"] & string),
  ): Joined<R, M, Rels, C, P, L, T>;
  rightJoin<T extends AnyModel>(
    this: SqlOnly<R>,
    model: T,
    on: (on: JoinOn<C & Qualified<M> & Qualified<T>>) => unknown,
  ): Joined<R, M, Rels, C, P, L, T>;
  rightJoin(table: TableOf<R>, left: string, right: string): LooseQuery<R, M, Rels, C, P, L>;
  fullJoin<T extends AnyModel>(
    this: SqlOnly<R>,
    model: T,
    left: (keyof C & string) | (keyof Qualified<M> & string),
    right: (keyof Qualified<T> & string) | (keyof T["columns"] & string),
  ): Joined<R, M, Rels, C, P, L, T>;
  fullJoin<T extends AnyModel>(
    this: SqlOnly<R>,
    model: T,
    on: (on: JoinOn<C & Qualified<M> & Qualified<T>>) => unknown,
  ): Joined<R, M, Rels, C, P, L, T>;
  fullJoin(table: TableOf<R>, left: string, right: string): LooseQuery<R, M, Rels, C, P, L>;
  crossJoin<T extends AnyModel>(model: T): Joined<R, M, Rels, C, P, L, T>;
  crossJoin(table: TableOf<R>): LooseQuery<R, M, Rels, C, P, L>;

  /** Groups by columns, or by what was computed: `selectRaw<{ month: string }>("… as month").groupBy("month")`. */
  groupBy(...columns: ((keyof C & string) | (keyof L & string))[]): this;
  having(column: (keyof C & string) | (keyof L & string), value: string | number | bigint | boolean | Date): this;
  having(
    column: (keyof C & string) | (keyof L & string),
    operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=",
    value: string | number | bigint | boolean | Date,
  ): this;
  orHaving(
    column: (keyof C & string) | (keyof L & string),
    operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=",
    value: string | number | bigint | boolean | Date,
  ): this;
  havingRaw(text: TextOf<R>, bindings?: readonly unknown[]): this;
  orHavingRaw(text: TextOf<R>, bindings?: readonly unknown[]): this;
  orderBy(column: (keyof C & string) | (keyof L & string), direction?: Direction, options?: OrderOptions): this;
  orderByRaw(text: TextOf<R>, bindings?: readonly unknown[]): this;
  inRandomOrder(): this;
  limit(count: number): this;
  offset(count: number): this;
  union(this: SqlOnly<R>, query: Subquery): this;
  unionAll(this: SqlOnly<R>, query: Subquery): this;
  intersect(this: SqlOnly<R>, query: Subquery): this;
  except(this: SqlOnly<R>, query: Subquery): this;
  /** A common table expression; reach its columns with `join("name", …)` and `"name.column"`. */
  with(this: SqlOnly<R>, name: string, query: Subquery): this;
  withRecursive(this: SqlOnly<R>, name: string, query: Subquery, columns?: readonly string[]): this;
  lockForUpdate(this: SqlOnly<R>, options?: LockOptions): this;
  lockForShare(this: SqlOnly<R>, options?: LockOptions): this;

  load<N extends keyof Rels & string>(
    name: N,
    options?: LoadOptions,
  ): Query<R, M, Rels, C, P, L & { [X in N]: LoadedIn<R, Rels[X]> }>;
  load<N extends keyof Rels & string, T>(
    name: N,
    build: (query: RelatedQuery<R, Rels[N]>) => Result<T>,
    options?: LoadOptions,
  ): Query<R, M, Rels, C, P, L & { [X in N]: Loaded<Rels[X], T> }>;
  load<N extends keyof Rels & string>(
    name: N,
    build: (query: RelatedQuery<R, Rels[N]>) => void | undefined,
    options?: LoadOptions,
  ): Query<R, M, Rels, C, P, L & { [X in N]: LoadedIn<R, Rels[X]> }>;
  load<N extends keyof Rels & string, const B extends Builds<R, Rels[N]>>(
    name: N,
    targets: B,
    options?: LoadOptions,
  ): Query<R, M, Rels, C, P, L & { [X in N]: Loaded<Rels[X], BuiltRow<R, Rels[X], B>> }>;
  load<const T extends LoadTree<R, Rels>>(tree: T): Query<R, M, Rels, C, P, L & TreeRow<R, Rels, T>>;
  load<N extends keyof Rels & string>(...names: N[]): Query<R, M, Rels, C, P, L & { [X in N]: LoadedIn<R, Rels[X]> }>;
  withCount<N extends keyof Rels & string>(
    relation: N,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<Suffixed<N, "Count">, number>>;
  withCount<N extends keyof Rels & string, A extends string>(
    relation: N,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, number>>;
  withCount<N extends keyof Rels & string, A extends string>(
    relation: N,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, number>>;
  withExists<N extends keyof Rels & string>(
    relation: N,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<Suffixed<N, "Exists">, boolean>>;
  withExists<N extends keyof Rels & string, A extends string>(
    relation: N,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, boolean>>;
  withExists<N extends keyof Rels & string, A extends string>(
    relation: N,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, boolean>>;
  withSum<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string>(
    relation: N,
    column: K,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<`${N}${Capitalize<K>}Sum`, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withSum<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withSum<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withAvg<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string>(
    relation: N,
    column: K,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<`${N}${Capitalize<K>}Avg`, Average<TargetColumns<Rels[N]>[K]> | null>>;
  withAvg<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Average<TargetColumns<Rels[N]>[K]> | null>>;
  withAvg<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Average<TargetColumns<Rels[N]>[K]> | null>>;
  withMin<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string>(
    relation: N,
    column: K,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<`${N}${Capitalize<K>}Min`, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withMin<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withMin<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withMax<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string>(
    relation: N,
    column: K,
    build?: RelatedBuild<R, Rels[N]>,
  ): Query<R, M, Rels, C, P, L & Record<`${N}${Capitalize<K>}Max`, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withMax<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withMax<N extends keyof Rels & string, K extends keyof TargetColumns<Rels[N]> & string, A extends string>(
    relation: N,
    column: K,
    build: RelatedBuild<R, Rels[N]>,
    options: As<A>,
  ): Query<R, M, Rels, C, P, L & Record<A, Aggregated<TargetColumns<Rels[N]>[K]> | null>>;
  withTrashed(): this;
  onlyTrashed(): this;
  withoutHooks(...names: HookName[]): this;

  many(options?: ExecuteOptions): Promise<Output<R, M, P, L>[]>;
  one(options?: ExecuteOptions): Promise<Output<R, M, P, L> | null>;
  oneOrFail(options?: ExecuteOptions): Promise<Output<R, M, P, L>>;
  sole(options?: ExecuteOptions): Promise<Output<R, M, P, L>>;
  find(key: KeyInput<C>, options?: ExecuteOptions): Promise<Output<R, M, P, L> | null>;
  findMany(keys: readonly KeyInput<C>[], options?: ExecuteOptions): Promise<Output<R, M, P, L>[]>;
  findOrFail(key: KeyInput<C>, options?: ExecuteOptions): Promise<Output<R, M, P, L>>;
  exists(options?: ExecuteOptions): Promise<boolean>;
  count(column?: keyof C & string, options?: ExecuteOptions): Promise<number>;
  sum<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<Aggregated<C[K]> | null>;
  avg<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<Average<C[K]> | null>;
  min<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<Aggregated<C[K]> | null>;
  max<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<Aggregated<C[K]> | null>;
  pluck<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<OutOf<C[K]>[]>;
  value<K extends keyof C & string>(column: K, options?: ExecuteOptions): Promise<OutOf<C[K]> | null>;
  /** Plain objects without hidden columns. */
  plain(options?: ExecuteOptions): Promise<PlainOf<Output<R, M, P, L>>[]>;
  paginate(request?: PageRequest, options?: ExecuteOptions): Promise<Page<Output<R, M, P, L>>>;
  simplePaginate(request?: PageRequest, options?: ExecuteOptions): Promise<SimplePage<Output<R, M, P, L>>>;
  cursorPaginate(request?: CursorRequest, options?: ExecuteOptions): Promise<CursorPage<Output<R, M, P, L>>>;
  /** Calls back with lists of at most `size` rows; returning `false` stops. */
  chunk(
    size: number,
    callback: (rows: Output<R, M, P, L>[], index: number) => unknown,
    options?: ExecuteOptions,
  ): Promise<void>;
  chunkById(
    size: number,
    callback: (rows: Output<R, M, P, L>[], index: number) => unknown,
    options?: ExecuteOptions,
  ): Promise<void>;
  stream(options?: { readonly batch?: number } & ExecuteOptions): AsyncIterableIterator<Output<R, M, P, L>>;
  explain(this: SqlOnly<R>, options?: ExecuteOptions): Promise<readonly Record<string, unknown>[]>;
  toSQL(): ToSQL;

  insert(data: InsertOf<M["columns"], ExpressionOf<R>>, options?: ExecuteOptions): Promise<Stored<R, M>>;
  /**
   * Inserts a row with the rows around it, in one transaction: `insert({ name: "Ann", posts: [{ title: "One" }] })`.
   *
   * Rows that it points at come first, then the row, then rows that point at it, each level by statements of its own. Rows that are
   * there already may stand where a row points: they are linked. A `morphTo` is refused, and so is a key that is given twice.
   */
  insert<const D extends NestedInsert<R, M>>(
    data: D & KnownNames<R, M, D>,
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, M, D>>;
  insertMany(
    rows: readonly InsertOf<M["columns"], ExpressionOf<R>>[],
    options?: ExecuteOptions,
  ): Promise<Stored<R, M>[]>;
  insertMany<const D extends NestedInsert<R, M>>(
    rows: readonly (D & KnownNames<R, M, D>)[],
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, M, D>[]>;
  upsert(
    data: InsertOf<M["columns"], ExpressionOf<R>>,
    how: UpsertOptions<keyof M["columns"] & string>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, M>>;
  upsertMany(
    rows: readonly InsertOf<M["columns"], ExpressionOf<R>>[],
    how: UpsertOptions<keyof M["columns"] & string>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, M>[]>;
  update(values: ChangesOf<R, M["columns"]>, options?: ExecuteOptions): Promise<number>;
  delete(options?: ExecuteOptions): Promise<number>;
  softDelete(options?: ExecuteOptions): Promise<number>;
  restore(options?: ExecuteOptions): Promise<number>;
  forceDelete(options?: ExecuteOptions): Promise<number>;
  increment(
    column: NumberColumns<M["columns"]>,
    by?: number | bigint | string,
    extra?: UpdateOf<M["columns"], ExpressionOf<R>>,
    options?: ExecuteOptions,
  ): Promise<number>;
  decrement(
    column: NumberColumns<M["columns"]>,
    by?: number | bigint | string,
    extra?: UpdateOf<M["columns"], ExpressionOf<R>>,
    options?: ExecuteOptions,
  ): Promise<number>;
  firstOrCreate(
    search: UpdateOf<M["columns"]>,
    values?: UpdateOf<M["columns"], ExpressionOf<R>>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, M>>;
  firstOrNew(
    search: UpdateOf<M["columns"]>,
    values?: UpdateOf<M["columns"]>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, M, Partial<RowOf<M["columns"]>>>>;
  updateOrCreate(
    search: UpdateOf<M["columns"]>,
    values?: UpdateOf<M["columns"], ExpressionOf<R>>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, M>>;
  truncate(options?: ExecuteOptions): Promise<void>;
  /** Lets an update or delete touch every row. */
  unfiltered(): this;
  /** Makes a write that matches more rows roll back with `TooManyRowsError`. */
  maxRows(count: number): this;
  /** Makes `update`, `delete`, `softDelete`, `restore` and `forceDelete` give the rows they wrote. */
  returning(): ReturningQuery<R, M, keyof M["columns"]>;
  returning<K extends keyof M["columns"] & string>(...columns: K[]): ReturningQuery<R, M, K>;
}

/** The writes of a query after `returning`. */
export interface ReturningQuery<R, M extends AnyModel, K extends keyof M["columns"]> {
  update(values: ChangesOf<R, M["columns"]>, options?: ExecuteOptions): Promise<ReturnedRow<R, M, K>[]>;
  delete(options?: ExecuteOptions): Promise<ReturnedRow<R, M, K>[]>;
  softDelete(options?: ExecuteOptions): Promise<ReturnedRow<R, M, K>[]>;
  restore(options?: ExecuteOptions): Promise<ReturnedRow<R, M, K>[]>;
  forceDelete(options?: ExecuteOptions): Promise<ReturnedRow<R, M, K>[]>;
}
type ReturnedRow<R, M extends AnyModel, K extends keyof M["columns"]> = Stored<
  R,
  M,
  Simplify<Pick<RowOf<M["columns"]>, K>>
>;

export interface UpsertOptions<K extends string> {
  /** The unique key that decides whether the row is there. */
  readonly conflict: readonly K[];
  /** Columns to overwrite; all given ones unless said otherwise, none with `[]`. */
  readonly update?: readonly K[];
}

/** A query that joined a table by name: names in `table.column` form are not checked by the compiler. */
export type LooseQuery<R, M extends AnyModel, Rels, C extends Columns, P extends PropertyKey, L> = Query<
  R,
  M,
  Rels,
  C & LooseColumns,
  P,
  L
>;
type LooseColumns = { readonly [K in `${string}.${string}`]: LooseColumn };
type LooseColumn = Column<unknown, unknown, "optional">;

/** The builder that the callback of a join gets. */
export interface JoinOn<C extends Columns> {
  on(left: keyof C & string, right: keyof C & string): this;
  on(left: keyof C & string, operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=", right: keyof C & string): this;
  orOn(left: keyof C & string, right: keyof C & string): this;
  orOn(left: keyof C & string, operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=", right: keyof C & string): this;
  where<K extends keyof C & string>(column: K, value: Exclude<InOf<C[K]>, undefined>): this;
  where<K extends keyof C & string>(
    column: K,
    operator: "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=",
    value: Exclude<InOf<C[K]>, undefined> | null,
  ): this;
  whereNull(column: keyof C & string): this;
  whereNotNull(column: keyof C & string): this;
}

/** Averages of exact decimals are exact text; of everything else they are numbers. */
type Average<Col extends AnyColumn> = Exclude<OutOf<Col>, null> extends string ? string : number;
/** Columns that can be incremented. */
type NumberColumns<C extends Columns> = {
  [K in keyof C & string]: OutOf<C[K]> extends string | Date | boolean | null ? never : K;
}[keyof C & string];
