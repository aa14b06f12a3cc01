import {
  ConnectionError,
  InvalidQueryError,
  type Awaitable,
  type Connection,
  type ExecuteControl,
  type InsertFacts,
  type ModelInfo,
  type QueryResult,
  type TransactionOptions,
} from "@mortise/core/adapter";
import { encodeBinds, fittingText, type CompiledSql } from "@mortise/sql";
import { isFatal, serverNumber } from "./driver-error.ts";
import { insertFactsOf, insertFactsQuery } from "./insert-facts.ts";
import { ControlCommand } from "./protocol/control-command.ts";
import { wireOf, type Wire } from "./protocol/wire.ts";
import { asAnswer, queryText, type Answer, type RawConnection, type ResultField } from "./raw-connection.ts";
import { resultOf } from "./result.ts";
import { RowQueue } from "./row-queue.ts";
import type { Server } from "./server.ts";
import { quoteName } from "./spelling.ts";
import { StatementCache } from "./statement-cache.ts";
import { stoppably, type StopTarget } from "./stoppable.ts";
import type { Stopper } from "./stopper.ts";

const isolationLevels: ReadonlyMap<string, string> = new Map(
  ["read uncommitted", "read committed", "repeatable read", "serializable"].map((level) => [level, level]),
);

/** A statement that the server takes as text only. */
const notPreparable = 1295;
const noSuchSavepoint = 1305;
/** How long beyond its time-out the end of a transaction may take. */
const endGrace = 400;

/** What the server said of itself and its sessions. */
export interface SessionFacts {
  readonly server: Server;
  readonly isolation: string;
}

/** Told once; the cause is `null` where there is no error. */
type OnAnswer = (cause: unknown, answer: Answer, fields: readonly ResultField[]) => void;

/** One connection to a server, with its own statements and its own transaction. */
export class MysqlConnection implements Connection<CompiledSql>, StopTarget {
  readonly server: Server;
  readonly stopper: Stopper;
  readonly #raw: RawConnection;
  readonly #wire: Wire;
  readonly #statements: StatementCache;
  /** The isolation of transactions that say none. */
  readonly #isolation: string;
  /** Who waits for the server, to be told when the connection is gone: the driver tells nobody when we end it ourselves. */
  readonly #waiting = new Set<(cause: unknown) => void>();
  #lost: unknown;
  /** Until when a commit or rollback may take, on the clock of this process. */
  #deadline: number | undefined;
  #inTransaction = false;
  #seesOneState = false;
  /** Why the server ended the transaction by itself; until `rollback` nothing may run, or it would run outside of it. */
  #ended: unknown;
  #rows: RowQueue | undefined;

  constructor(raw: RawConnection, { server, isolation }: SessionFacts, stopper: Stopper) {
    this.#raw = raw;
    this.server = server;
    this.stopper = stopper;
    this.#wire = wireOf(raw);
    this.#statements = new StatementCache(this.#wire);
    this.#isolation = isolation;
    raw.on("error", (cause) => this.lose(cause));
  }

  get thread(): number {
    return this.#raw.threadId;
  }

  /** True for a connection that nobody must get again. */
  get isBroken(): boolean {
    return this.#lost !== undefined || this.#inTransaction || this.#rows !== undefined;
  }

  execute(query: CompiledSql, values: readonly unknown[], control?: ExecuteControl): Awaitable<QueryResult> {
    const compiled = fittingText(query, values);
    const parameters = encodeBinds(compiled.binds, values);
    this.#refuseEnded();
    if (this.#rows !== undefined) return this.#rows.spool().then(() => this.#controlled(compiled, parameters, control));
    return this.#controlled(compiled, parameters, control);
  }

  #controlled(compiled: CompiledSql, parameters: unknown[], control: ExecuteControl | undefined): Promise<QueryResult> {
    if (control === undefined) return this.#run(compiled, parameters);
    const isRead = ({ columns }: QueryResult): boolean => compiled.access === "read" || columns !== undefined;
    return stoppably(this, control, () => this.#run(compiled, parameters), isRead);
  }

  #run(compiled: CompiledSql, parameters: unknown[]): Promise<QueryResult> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const done = (cause: unknown, answer: Answer, fields: readonly ResultField[]): void => {
        const failed = cause === null ? undefined : this.#failed(cause);
        this.#waiting.delete(reject);
        if (cause === null) return settle(resolve, reject, () => resultOf(compiled, answer, fields));
        if (serverNumber(cause) === notPreparable && parameters.length === 0) return this.#sendText(compiled.sql, done);
        reject(failed);
      };
      if (compiled.reusable) this.#sendPrepared(compiled.sql, parameters, done);
      else this.#sendText(compiled.sql, done);
    });
  }

  #sendPrepared(sql: string, parameters: readonly unknown[], done: OnAnswer): void {
    const rows: unknown[][] = [];
    this.#statements.execute(sql, parameters, rows, (cause, columns, written) => {
      done(cause, columns === undefined ? written : rows, columns ?? []);
    });
  }

  #sendText(sql: string, done: OnAnswer): void {
    this.#raw.query({ sql, rowsAsArray: true }, (cause: unknown, answer, fields) => {
      done(cause, asAnswer(answer), fields ?? []);
    });
  }

  /**
   * The rows as they come; the server waits while nobody takes them. A statement that runs on this connection meanwhile has the rest of
   * them kept in memory first.
   */
  async *stream(
    query: CompiledSql,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncGenerator<readonly unknown[][], void> {
    const compiled = fittingText(query, values);
    const parameters = encodeBinds(compiled.binds, values);
    this.#refuseEnded();
    await this.#rows?.spool();
    if (this.#lost !== undefined) throw this.#lost;
    const rows = new RowQueue(this.#raw, batch, (sink, done) =>
      this.#statements.execute(compiled.sql, parameters, sink, done),
    );
    const watch = (cause: unknown): void => rows.fail(cause);
    this.#waiting.add(watch);
    this.#rows = rows;
    rows.ended.then(() => this.#forget(rows)).catch(() => undefined);
    try {
      for (;;) {
        const taken = await (control === undefined ? rows.take() : stoppably(this, control, () => rows.take(), always));
        if (taken.length > 0) yield taken;
        if (taken.length < batch) return;
      }
    } catch (cause) {
      throw this.#failed(cause);
    } finally {
      this.#waiting.delete(watch);
      await this.#leave(rows);
    }
  }

  #forget(rows: RowQueue): void {
    if (this.#rows === rows) this.#rows = undefined;
  }

  /** Ends what is left of a stream: a little is read, more is stopped on the server. */
  async #leave(rows: RowQueue): Promise<void> {
    if (this.#lost === undefined && !(await rows.discard())) {
      try {
        await this.stopper.stop(this.thread);
        await rows.ended;
        await this.absorb();
      } catch (cause) {
        this.lose(cause);
      }
    }
    this.#forget(rows);
  }

  async begin(options: TransactionOptions): Promise<void> {
    const { isolation, timeout, signal } = options;
    this.#deadline = timeout === undefined ? undefined : performance.now() + timeout + endGrace;
    if (timeout === undefined && signal === undefined) await this.#begin(options);
    else await stoppably(this, { timeout, signal }, () => this.#begin(options), never);
    this.#inTransaction = true;
    this.#seesOneState = (isolation ?? this.#isolation) === "repeatable read";
  }

  async #begin({ isolation, readOnly }: TransactionOptions): Promise<void> {
    if (isolation !== undefined) {
      const level = isolationLevels.get(isolation);
      if (level === undefined) throw new InvalidQueryError(`There is no isolation level ${JSON.stringify(isolation)}.`);
      await this.#text(`set transaction isolation level ${level}`);
    }
    await this.#text(`start transaction${readOnly === true ? " read only" : ""}`);
  }

  seesOneState(): boolean {
    return this.#inTransaction && this.#seesOneState;
  }

  async insertFacts(model: ModelInfo): Promise<InsertFacts | undefined> {
    this.#refuseEnded();
    await this.#rows?.spool();
    return insertFactsOf((await this.#run(insertFactsQuery(model), [])).rows);
  }

  async commit(): Promise<void> {
    this.#refuseEnded();
    await this.#inTime(this.#text("commit"));
    this.#inTransaction = false;
  }

  async rollback(): Promise<void> {
    if (this.#lost !== undefined) return;
    await this.#inTime(this.#text("rollback"));
    this.#inTransaction = false;
    this.#ended = undefined;
  }

  /** The end of a transaction with a time-out: a server that does not answer soon after it is given up. */
  async #inTime(ending: Promise<void>): Promise<void> {
    if (this.#deadline === undefined) return ending;
    const giveUp = (): void =>
      this.lose(new ConnectionError("The server did not answer at the end of the transaction."));
    const timer = setTimeout(giveUp, Math.max(this.#deadline - performance.now(), endGrace));
    try {
      await ending;
    } finally {
      clearTimeout(timer);
    }
  }

  savepoint(name: string): Promise<void> {
    this.#refuseEnded();
    return this.#text(`savepoint ${quoteName(name)}`);
  }

  async releaseSavepoint(name: string): Promise<void> {
    if (this.#ended === undefined) await this.#savepointText(`release savepoint ${quoteName(name)}`);
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    if (this.#ended === undefined) await this.#savepointText(`rollback to savepoint ${quoteName(name)}`);
  }

  /** A savepoint that is gone says that the whole transaction is. */
  async #savepointText(sql: string): Promise<void> {
    try {
      await this.#text(sql);
    } catch (cause) {
      if (serverNumber(cause) === noSuchSavepoint) this.#ended ??= cause;
      throw cause;
    }
  }

  /** The connection is gone, or in a state that nobody knows. */
  lose(cause: unknown): void {
    if (this.#lost === undefined && this.#waiting.size > 0) void this.stopper.end(this.thread);
    this.#lost ??= cause;
    this.#raw.destroy();
    for (const tell of this.#waiting) tell(cause);
    this.#waiting.clear();
  }

  /** A stop that came too late would hit the next statement: this one takes it. */
  async absorb(): Promise<void> {
    if (this.#lost !== undefined) return;
    await queryText(this.#raw, "do 0").catch((cause: unknown) => {
      if (isFatal(cause)) this.lose(cause);
    });
  }

  close(): Promise<void> | void {
    if (this.isBroken) return this.#raw.destroy();
    this.#lost = new Error("The connection was closed.");
    return new Promise((resolve) => {
      this.#raw.end(() => {
        this.#raw.destroy();
        resolve();
      });
    });
  }

  async #text(sql: string): Promise<void> {
    await this.#rows?.spool();
    if (this.#lost !== undefined) throw this.#lost;
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const done = (cause: unknown): void => {
        const failed = cause === null ? undefined : this.#failed(cause);
        this.#waiting.delete(reject);
        if (cause === null) resolve();
        else reject(failed);
      };
      this.#wire.addCommand(new ControlCommand(sql, done));
    });
  }

  /** Notes what an error does to the connection and to its transaction. */
  #failed(cause: unknown): unknown {
    if (isFatal(cause)) this.lose(cause);
    else if (this.#inTransaction && serverNumber(cause) === 1213) this.#ended = cause;
    return cause;
  }

  #refuseEnded(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }
}

/** Only reads are streamed. */
function always(): boolean {
  return true;
}

/** A transaction that has begun is rolled back by whoever wanted it stopped. */
function never(): boolean {
  return false;
}

/** Nothing that is thrown may reach the driver, which has no place for it. */
function settle<T>(resolve: (value: T) => void, reject: (cause: unknown) => void, body: () => T): void {
  try {
    resolve(body());
  } catch (error) {
    reject(error);
  }
}
