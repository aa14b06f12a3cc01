import type { MortiseError } from "../errors/mortise-error.ts";
import type { Statement } from "../operation/statement.ts";
import type { ValuePlace, AggregateName } from "../operation/expression.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { Capabilities } from "./capabilities.ts";
import type { CodecFor } from "./codec.ts";
import type { SchemaAdapter } from "./schema-adapter.ts";

/** Hot paths stay synchronous where the driver is; everyone else returns a promise. */
export type Awaitable<T> = T | Promise<T>;

/** What a result column holds, so that the adapter can read it exactly. */
export type ResultType =
  | { readonly kind: "column"; readonly place: ValuePlace }
  | { readonly kind: "aggregate"; readonly name: AggregateName; readonly place: ValuePlace | undefined }
  | { readonly kind: "flag" }
  | { readonly kind: "raw" }
  | RowsType;

/**
 * The rows of a relation, inside a column of their parent. The decoder of such a column gives them as lists, each with what the driver
 * would have given for its columns.
 */
export interface RowsType {
  readonly kind: "rows";
  /** One entry for each column of a row, in order; further relations stand behind the columns. */
  readonly results: readonly ResultType[];
  /** Whether the rows have an order. */
  readonly ordered: boolean;
  /** Whether they stand inside the rows of a relation in turn. */
  readonly inside: boolean;
  /** The model whose rows they are, for errors. */
  readonly model: string;
}

/** A statement with everything the adapter needs to compile it once and run it many times. */
export interface PlannedQuery {
  readonly statement: Statement;
  /** One entry for each result column, in order. Empty when no rows are read. */
  readonly results: readonly ResultType[];
  /** The model an error names. */
  readonly model: ModelInfo | undefined;
  readonly access: "read" | "write";
  /** At most one row comes back, as the shape tells: a look-up by primary key, an insert of one row. */
  readonly single?: boolean;
}

/** Rows are positional: `rows[i][j]` is result column j, as the driver gave it. */
export interface QueryResult {
  readonly rows: readonly unknown[][];
  readonly affected: number;
  /** The number that the engine gave the first inserted row, where it counts one and tells it. */
  readonly insertId?: number | bigint;
  /** Names of the result columns, for raw statements only. */
  readonly columns?: readonly string[];
}

export interface TransactionOptions {
  readonly isolation?: string | undefined;
  readonly readOnly?: boolean | undefined;
  /** For the whole transaction, in milliseconds: a commit that is not done soon after it has lost its connection. */
  readonly timeout?: number | undefined;
  /** Ends the wait for a connection and for its answer to the beginning. */
  readonly signal?: AbortSignal | undefined;
}

/** How a caller may stop a statement. An adapter stops it on the server and leaves the connection clean. */
export interface ExecuteControl {
  readonly signal: AbortSignal | undefined;
  /** In milliseconds, for each statement. */
  readonly timeout: number | undefined;
}

/** What a database does to the rows of an insert beside storing them as they are. */
export interface InsertFacts {
  /** Columns, by their names in the database, that it fills where a row gives none. */
  readonly filled: ReadonlySet<string>;
  /**
   * How far the keys are apart that it counts for the rows of one statement, of which `QueryResult.insertId` is the first; `undefined`
   * where that is not certain.
   */
  readonly step: number | undefined;
}

/** One connection: statements in order, transactions, savepoints. */
export interface Connection<Compiled> {
  execute(compiled: Compiled, values: readonly unknown[], control?: ExecuteControl): Awaitable<QueryResult>;
  stream(
    compiled: Compiled,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncIterable<readonly unknown[][]>;
  /** Asks the server for a sign of life; absent where a statement of raw text does so. */
  ping?(): Awaitable<unknown>;
  begin(options: TransactionOptions): Awaitable<void>;
  /**
   * Whether all reads of the open transaction see the database as it was at the first of them, and its own writes. Asked only where
   * writes give ids: rows inserted together are then told from everybody else's.
   */
  seesOneState?(): boolean;
  /**
   * What the database does to rows that are inserted into a table of a model; `undefined` where something may change them, or nobody can
   * tell. Absent where an insert gives its rows back for nothing. Asked once for each model.
   */
  insertFacts?(model: ModelInfo): Awaitable<InsertFacts | undefined>;
  commit(): Awaitable<void>;
  rollback(): Awaitable<void>;
  savepoint(name: string): Awaitable<void>;
  releaseSavepoint(name: string): Awaitable<void>;
  rollbackToSavepoint(name: string): Awaitable<void>;
}

/** Undecoded values as texts, for a driver that gives objects of its own: a cursor's token keeps them. */
export interface RawTexts {
  write(raw: object): string;
  read(text: string): unknown;
}

/** Where connections come from: a pool, or the one connection of an embedded database with its queue. */
export interface ConnectionSource<Compiled> {
  acquire(): Awaitable<Connection<Compiled>>;
  /** Gives the connection back. With an error the source may judge it broken and replace it. */
  release(connection: Connection<Compiled>, error?: unknown): void;
  /**
   * The rows of a query outside a transaction, in batches. The loop over them may run other statements meanwhile, so that the source
   * must not keep the only connection for the stream. Leaving the loop frees what the stream holds.
   */
  stream(
    compiled: Compiled,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncIterable<readonly unknown[][]>;
  close(): Promise<void>;
}

/** A value that follows an async call tree; the platform's implementation comes with the adapter. */
export interface AsyncContext<T> {
  get(): T | undefined;
  run<R>(value: T, body: () => R): R;
}

/** What `toSQL()` shows. `sql` is the command's text for a document database. */
export interface Description {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a door (see `Adapter.open`) may ask of the handle it belongs to. */
export interface AdapterHandle<Compiled> {
  /** Runs a body on the connection of the current transaction, or on one of its own. */
  withConnection<T>(body: (connection: Connection<Compiled>) => Awaitable<T>): Promise<T>;
  readonly models: readonly ModelInfo[];
}

/** What a door is opened with: it may also take models of the caller, and give rows of theirs. */
export interface DoorHandle<Compiled> extends AdapterHandle<Compiled> {
  /** The same as `withConnection`, at once where nothing has to be waited for. */
  useConnection<T>(body: (connection: Connection<Compiled>) => Awaitable<T>): Awaitable<T>;
  /** Tells that a statement may have changed tables: what is known of inserts is asked again. */
  tablesChanged(): void;
  /** What is known of a model of the schema. Anything else is an error that names the caller: `db.collection`. */
  modelOf(model: unknown, caller: string): ModelInfo;
  /** Rows of a model from what the driver gave for all of its columns, in their order. The lists are decoded in place. */
  rowsOf(model: ModelInfo, raw: readonly unknown[][]): object[];
}

/**
 * How one database does it. A value: nothing connects before `connect`.
 *
 * `Door` is what the adapter adds to the database handle (`db.kysely` on SQL); core never looks into it.
 */
export interface Adapter<Compiled = unknown, Door extends object = object> {
  /** For messages; never compared. */
  readonly name: string;
  /** What it can do. Where only the server can say, `plansAfterConnect` is set and `connect` settles it. */
  readonly capabilities: Capabilities;
  /** Nothing is planned before `connect`, as the server decides about capabilities and spelling. */
  readonly plansAfterConnect?: boolean;
  readonly codecFor: CodecFor;
  /** The decoder of a result column, or `undefined` when the driver's value is already right. */
  decoderFor(type: ResultType): ((raw: unknown) => unknown) | undefined;
  /** Absent where undecoded values are texts, numbers, bytes and dates that the driver takes as texts, too. */
  readonly rawTexts?: RawTexts;
  /** Pure: the same query compiles to the same text. */
  compile(query: PlannedQuery): Compiled;
  /** The statement that is sent for these values. Where its parameters are not wanted, none is encoded. */
  describe(compiled: Compiled, values: readonly unknown[], withParameters: boolean): Description;
  connect(): Awaitable<ConnectionSource<Compiled>>;
  createContext<T>(): AsyncContext<T>;
  toError(cause: unknown, query: PlannedQuery | undefined): MortiseError;
  open(handle: DoorHandle<Compiled>): Door;
  /** Loads the migration side of the adapter, which an application that never migrates does not load. */
  openSchema(handle: AdapterHandle<Compiled>): Promise<SchemaAdapter>;
}
