import type { Awaitable, Connection, ConnectionSource, ExecuteControl, QueryResult } from "../adapter/adapter.ts";
import { MortiseError } from "../errors/mortise-error.ts";
import type { Plan } from "../plan/plan-rows.ts";
import { after } from "./awaitable.ts";
import { cancelled, joinControls } from "./execute-control.ts";
import type { DatabaseCore } from "./database-core.ts";
import type { TransactionScope } from "./transaction-scope.ts";
import { turn } from "./turn.ts";

/** The way from a query to a connection: a transaction's own, or one of the source for the length of the query. */
export class Session {
  readonly core: DatabaseCore;
  readonly #own: TransactionScope | undefined;
  /** How every statement of this session may be stopped. */
  readonly control: ExecuteControl | undefined;
  readonly #notice: ((plan: Plan) => void) | undefined;

  constructor(core: DatabaseCore, own?: TransactionScope, control?: ExecuteControl, notice?: (plan: Plan) => void) {
    this.core = core;
    this.#own = own;
    this.control = control;
    this.#notice = notice;
  }

  /** The same session, which tells of every read before it is sent. */
  noticing(notice: (plan: Plan) => void): Session {
    return new Session(this.core, this.#own, this.control, notice);
  }

  /** The same session, its statements stoppable. */
  controlled(control: ExecuteControl): Session {
    return new Session(this.core, this.#own, joinControls(this.control, control), this.#notice);
  }

  /** The transaction that queries of this session belong to: its own, or the one around the calling code. */
  get transaction(): TransactionScope | undefined {
    return this.#own ?? this.core.ambient();
  }

  /** Runs a body on the right connection; the session's control may end the wait for it. */
  use<T>(body: (connection: Connection<unknown>) => Awaitable<T>): Awaitable<T> {
    const transaction = this.transaction;
    if (transaction !== undefined) {
      const { connection } = transaction.open();
      const before = transaction.before();
      return before === undefined ? body(connection) : before.then(() => body(connection));
    }
    const { control } = this;
    const source = this.core.source();
    if (!(source instanceof Promise)) return useSource(source, body, control);
    return after(
      turn(source, control, () => undefined),
      (one) => useSource(one, body, control),
    );
  }

  /** Executes a plan with its values. Driver errors become ours here. */
  execute(plan: Plan, values: readonly unknown[]): Awaitable<QueryResult> {
    const observed = this.core.observed;
    const started = observed ? performance.now() : 0;
    try {
      if (plan.query.access === "read") this.#notice?.(plan);
      const result = this.use((connection) => connection.execute(plan.compiled, values, this.#started()));
      if (result instanceof Promise) {
        return result.then(
          (value) => this.#succeeded(plan, values, value, started),
          (cause: unknown) => this.#failed(plan, values, cause, started),
        );
      }
      return observed ? this.#succeeded(plan, values, result, started) : result;
    } catch (cause) {
      return this.#failed(plan, values, cause, started);
    }
  }

  /** The control of a statement about to start, unless it was stopped before. */
  #started(): ExecuteControl | undefined {
    const { control } = this;
    if (control?.signal?.aborted === true) throw cancelled(control.signal);
    return control;
  }

  #succeeded(plan: Plan, values: readonly unknown[], result: QueryResult, started: number): QueryResult {
    this.core.report("query", plan, values, { started, rows: result.rows.length || result.affected, error: undefined });
    return result;
  }

  #failed(plan: Plan, values: readonly unknown[], cause: unknown, started: number): never {
    const error = toMortiseError(this.core, cause, plan);
    this.core.report("error", plan, values, { started, rows: 0, error });
    throw error;
  }

  /** The rows of a plan in batches: of the transaction's connection, or of whatever the source has for a long read. */
  async *stream(plan: Plan, values: readonly unknown[], batch: number): AsyncGenerator<readonly unknown[][], void> {
    const started = performance.now();
    let rows = 0;
    let error: MortiseError | undefined;
    try {
      for await (const read of await this.#open(plan, values, batch)) {
        rows += read.length;
        yield read;
      }
    } catch (cause) {
      error = toMortiseError(this.core, cause, plan);
      throw error;
    } finally {
      this.core.report(error === undefined ? "query" : "error", plan, values, { started, rows, error });
    }
  }

  async #open(plan: Plan, values: readonly unknown[], batch: number): Promise<AsyncIterable<readonly unknown[][]>> {
    const control = this.#started();
    const transaction = this.transaction;
    if (transaction !== undefined) {
      await transaction.open().before();
      return transaction.connection.stream(plan.compiled, values, batch, control);
    }
    return (await this.core.source()).stream(plan.compiled, values, batch, control);
  }
}

export function toMortiseError(core: DatabaseCore, cause: unknown, plan: Plan | undefined): MortiseError {
  return cause instanceof MortiseError ? cause : core.adapter.toError(cause, plan?.query);
}

function useSource<T>(
  source: ConnectionSource<unknown>,
  body: (connection: Connection<unknown>) => Awaitable<T>,
  control: ExecuteControl | undefined,
): Awaitable<T> {
  const acquired = turn(source.acquire(), control, (late) => source.release(late));
  return after(acquired, (connection) => useConnection(source, connection, body));
}

function useConnection<T>(
  source: ConnectionSource<unknown>,
  connection: Connection<unknown>,
  body: (connection: Connection<unknown>) => Awaitable<T>,
): Awaitable<T> {
  let result: Awaitable<T>;
  try {
    result = body(connection);
  } catch (error) {
    source.release(connection, error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    source.release(connection);
    return result;
  }
  return result.then(
    (value) => {
      source.release(connection);
      return value;
    },
    (error: unknown) => {
      source.release(connection, error);
      throw error;
    },
  );
}
