import type {
  Adapter,
  AsyncContext,
  Awaitable,
  Connection,
  ConnectionSource,
  InsertFacts,
} from "../adapter/adapter.ts";
import type { RelationStrategy } from "../adapter/capabilities.ts";
import { ConnectionError, TransactionError } from "../errors/errors.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { SchemaRegistry } from "../model/relation.ts";
import type { LoadWays } from "../plan/embed-loads.ts";
import { PlanCache } from "../plan/plan-cache.ts";
import type { Plan } from "../plan/plan-rows.ts";
import { emptyState, type QueryState } from "../query/query-state.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { QueryEvent } from "./events.ts";
import { LoadBatch } from "./load-batch.ts";
import { LoadGuard, type NPlusOne } from "./load-guard.ts";
import { toMortiseError } from "./session.ts";
import { TransactionScope, type Held } from "./transaction-scope.ts";

export interface CoreOptions {
  /** What the outer handle does inside a transaction: join it, or be an error. */
  readonly ambient: "join" | "error";
  readonly logParameters: boolean;
  /** How many plans the cache keeps in each of its two generations. */
  readonly planCacheSize: number;
  readonly relationStrategy: RelationStrategy | undefined;
  readonly nPlusOne: NPlusOne;
}

interface Outcome {
  readonly started: number;
  readonly rows: number;
  readonly error: unknown;
}

/** What all handles of one database share: the adapter, the schema, the plans, the connections and the listeners. */
export class DatabaseCore {
  readonly adapter: Adapter;
  readonly registry: SchemaRegistry;
  readonly plans: PlanCache;
  readonly context: AsyncContext<TransactionScope>;
  readonly loadWays: LoadWays;
  /** What is known of inserts into the tables of models, where that was asked for. */
  readonly insertFacts: Map<ModelInfo, InsertFacts | undefined> = new Map();
  /** Watches relations that are loaded row by row, where that was asked for. */
  readonly guard: LoadGuard | undefined;
  /** Joins such loads. */
  readonly batch: LoadBatch | undefined;
  readonly #options: CoreOptions;
  readonly #states = new Map<SchemaEntry, QueryState>();
  readonly #listeners = {
    query: new Set<(event: QueryEvent) => void>(),
    error: new Set<(event: QueryEvent) => void>(),
  };
  #source: ConnectionSource<unknown> | undefined;
  #connecting: Promise<ConnectionSource<unknown>> | undefined;
  #closed = false;
  /** How many transactions are open: while there is none, no query looks for the one around it. */
  #openTransactions = 0;

  constructor(registry: SchemaRegistry, adapter: Adapter, options: CoreOptions) {
    this.registry = registry;
    this.adapter = adapter;
    this.plans = new PlanCache(options.planCacheSize);
    this.context = adapter.createContext();
    this.loadWays = { adapter, strategy: options.relationStrategy };
    this.#options = options;
    const { nPlusOne } = options;
    this.guard = nPlusOne === "warn" || nPlusOne === "error" ? new LoadGuard(nPlusOne) : undefined;
    this.batch = nPlusOne === "batch" ? new LoadBatch() : undefined;
  }

  /** The empty query of a model, one for each model. */
  stateOf(entry: SchemaEntry): QueryState {
    let state = this.#states.get(entry);
    if (state === undefined) {
      state = Object.freeze(emptyState(this.registry, entry));
      this.#states.set(entry, state);
    }
    return state;
  }

  /** The transaction around the calling code. */
  around(): TransactionScope | undefined {
    if (this.#openTransactions === 0) return undefined;
    const scope = this.context.get();
    return scope === undefined || scope.ended ? undefined : scope;
  }

  /** The transaction around the calling code, when the outer handle joins it. */
  ambient(): TransactionScope | undefined {
    const scope = this.around();
    if (scope === undefined || this.#options.ambient === "join") return scope;
    throw new TransactionError(
      'The outer database handle was used inside a transaction, which { ambient: "error" } forbids. Use the callback\'s tx.',
    );
  }

  begin(connection: Connection<unknown>, parent: TransactionScope | undefined, held?: Held): TransactionScope {
    this.#openTransactions += 1;
    return new TransactionScope(connection, parent, held);
  }

  end(scope: TransactionScope, how: "committed" | "rolled back"): void {
    this.#openTransactions -= 1;
    scope.end(how);
  }

  /** The connections, opened at first use. */
  source(): Awaitable<ConnectionSource<unknown>> {
    if (this.#source !== undefined) return this.#source;
    if (this.#closed) {
      throw new ConnectionError("This database handle was closed. Make a new one with createDatabase.", {
        code: "CONNECTION_CLOSED",
      });
    }
    return this.#connecting ?? this.#connect();
  }

  /** What has to be there before a query can be planned: nothing, except where only the server can say what it can do. */
  ready(): Awaitable<unknown> {
    return this.#source === undefined && this.adapter.plansAfterConnect === true ? this.source() : undefined;
  }

  #connect(): Awaitable<ConnectionSource<unknown>> {
    try {
      const source = this.adapter.connect();
      if (!(source instanceof Promise)) return (this.#source = source);
      this.#connecting = source.then(
        (one) => (this.#source = one),
        (cause: unknown) => {
          this.#connecting = undefined;
          throw toMortiseError(this, cause, undefined);
        },
      );
      return this.#connecting;
    } catch (cause) {
      throw toMortiseError(this, cause, undefined);
    }
  }

  /** Remembers how to end a transaction begun by hand, in case its holder forgets. */
  readonly begun: Set<() => Promise<void>> = new Set();

  async close(): Promise<void> {
    this.#closed = true;
    for (const rollback of this.begun) await rollback();
    const source = this.#source ?? (await this.#connecting);
    this.#source = undefined;
    this.#connecting = undefined;
    await source?.close();
  }

  get observed(): boolean {
    return this.#listeners.query.size > 0;
  }

  on(event: "query" | "error", listener: (event: QueryEvent) => void): () => void {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  report(event: "query" | "error", plan: Plan, values: readonly unknown[], outcome: Outcome): void {
    const listeners = this.#listeners[event];
    if (listeners.size === 0) return;
    const isTold = this.#options.logParameters && outcome.error === undefined;
    const { sql, parameters } = this.adapter.describe(plan.compiled, values, isTold);
    const reported: QueryEvent = Object.freeze({
      sql,
      parameters: isTold ? parameters : undefined,
      duration: outcome.started === 0 ? 0 : performance.now() - outcome.started,
      rows: outcome.rows,
      model: plan.query.model?.table,
      error: outcome.error,
    });
    for (const listener of listeners) tell(listener, reported);
  }
}

/** A listener that throws is told to nobody: the statement has run, and its outcome is not the listener's to change. */
function tell(listener: (event: QueryEvent) => void, event: QueryEvent): void {
  try {
    listener(event);
  } catch {
    // Listeners observe; see above.
  }
}
