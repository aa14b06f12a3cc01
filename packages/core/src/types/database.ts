import type { AnyModel } from "../model/model.ts";
import type { TransactionOptions } from "../adapter/adapter.ts";
import type { TransactOptions } from "../runtime/transact.ts";
import type { QueryEvent } from "../runtime/events.ts";
import type { Builds, BuiltRow, LoadOptions, LoadTree, Result, TreeRow } from "./query.ts";
import type { ModelQuery, RelatedQuery } from "./query-filter.ts";
import type { LoadedAll, LoadedOne, RelationNames, RowMethods } from "./record.ts";
import type { RelationsOf } from "./registry.ts";
import type { RelatedTo } from "./related.ts";

/** The rows a query gives: `RowsOf<typeof query>`. */
export type RowsOf<Q> = Q extends Result<infer T> ? T[] : never;

/**
 * What a database handle and a transaction have in common.
 *
 * `R` is the schema's registry of relations, `Door` what the adapter adds to every handle and transaction: `{ kysely: … }`.
 */
export interface Queryable<R, Door = {}> {
  /** Starts a query on a model of the schema. */
  from<M extends AnyModel>(model: M): ModelQuery<R, M>;
  /**
   * The query of one row's related rows: it reads and writes only them.
   *
   * `await db.related(user, "posts").where("views", ">", 10).many()` -> `select … from "posts" where "posts"."user_id" = ? and …`
   *
   * The row was read through its model and has its key columns; anything else is an error before anything is sent. Rows are written as
   * the relation's kind has it: inserted with their key set, attached through a pivot, or associated.
   */
  related<M extends AnyModel, N extends RelationNames<R, M>>(
    row: RowMethods<R, M>,
    name: N,
  ): RelatedTo<R, RelationsOf<R, M>[N]>;
  /**
   * Loads relations into rows that are there already, and gives the same rows: `await db.loadInto(users, "posts")`.
   *
   * One statement for each relation, whatever the number of rows: `select … from "posts" where "posts"."user_id" in (…)`.
   * All rows are of one model; a row without its key columns is an `InvalidQueryError`. For one row there is `row.$load`.
   */
  readonly loadInto: LoadInto<R>;
  /** Runs a statement in the engine's own language, with `?` for each binding. Rows are plain objects by result column. */
  raw<T extends object = Record<string, unknown>>(text: string, bindings?: readonly unknown[]): Promise<T[]>;
  /**
   * Runs the callback in a transaction: committed when it returns, rolled back when it throws.
   *
   * Inside, `tx` and the outer handle both use it. A nested call is a savepoint. Isolation is the engine's default.
   */
  transaction<T>(body: (tx: Transaction<R, Door> & Door) => Promise<T> | T, options?: TransactOptions): Promise<T>;
}

/** The forms of `db.loadInto`: a name, a name with a callback, a tree of names, several names. */
interface LoadInto<R> {
  <Row, M extends AnyModel, N extends RelationNames<R, M>>(
    rows: readonly (Row & RowMethods<R, M>)[],
    name: N,
    options?: LoadOptions,
  ): Promise<(Row & LoadedAll<R, M, N>)[]>;
  <Row, M extends AnyModel, N extends RelationNames<R, M>, T>(
    rows: readonly (Row & RowMethods<R, M>)[],
    name: N,
    build: (query: RelatedQuery<R, RelationsOf<R, M>[N]>) => Result<T>,
    options?: LoadOptions,
  ): Promise<(Row & LoadedOne<R, M, N, T>)[]>;
  <Row, M extends AnyModel, N extends RelationNames<R, M>>(
    rows: readonly (Row & RowMethods<R, M>)[],
    name: N,
    build: (query: RelatedQuery<R, RelationsOf<R, M>[N]>) => void | undefined,
    options?: LoadOptions,
  ): Promise<(Row & LoadedAll<R, M, N>)[]>;
  <Row, M extends AnyModel, N extends RelationNames<R, M>, const B extends Builds<R, RelationsOf<R, M>[N]>>(
    rows: readonly (Row & RowMethods<R, M>)[],
    name: N,
    targets: B,
    options?: LoadOptions,
  ): Promise<(Row & LoadedOne<R, M, N, BuiltRow<R, RelationsOf<R, M>[N], B>>)[]>;
  <Row, M extends AnyModel, const T extends LoadTree<R, RelationsOf<R, M>>>(
    rows: readonly (Row & RowMethods<R, M>)[],
    tree: T,
  ): Promise<(Row & TreeRow<R, RelationsOf<R, M>, T>)[]>;
  <Row, M extends AnyModel, N extends RelationNames<R, M>>(
    rows: readonly (Row & RowMethods<R, M>)[],
    ...names: N[]
  ): Promise<(Row & LoadedAll<R, M, N>)[]>;
}

/** A running transaction. Using it after its end is a `TransactionError`. */
export interface Transaction<R, Door = {}> extends Queryable<R, Door> {
  /** Runs after the outermost commit, and never after a rollback. */
  afterCommit(callback: () => unknown): void;
  afterRollback(callback: () => unknown): void;
}

/** A transaction begun by hand with `db.begin()`. Its holder must end it. */
export interface ManualTransaction<R, Door = {}> extends Transaction<R, Door>, AsyncDisposable {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** A database: a schema on an adapter. Connects at first use. */
export interface Database<R, Door = {}> extends Queryable<R, Door>, AsyncDisposable {
  /** Connects now instead of at the first query. */
  connect(): Promise<void>;
  /** Waits for what is running and closes every connection; later use is a `ConnectionError`. */
  close(): Promise<void>;
  /** Runs the cheapest statement there is. */
  ping(): Promise<void>;
  /** Begins a transaction to be ended by `commit()` or `rollback()`; it is not carried to the outer handle. */
  begin(options?: TransactionOptions): Promise<ManualTransaction<R, Door> & Door>;
  /** Listens to executed queries or failed ones; gives the function that stops it. */
  on(event: "query" | "error", listener: (event: QueryEvent) => void): () => void;
  /** How the plan cache fares: a repeated shape is a hit. */
  readonly planCache: PlanCacheStats;
}

export interface PlanCacheStats {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
}
