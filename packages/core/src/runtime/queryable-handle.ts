import type { TransactionOptions } from "../adapter/adapter.ts";
import { TransactionError } from "../errors/errors.ts";
import { QueryBuilder, readerOn } from "../query/query-builder.ts";
import type { RelatedBuilder } from "../query/related-builder.ts";
import { relatedRows } from "../query/related-rows.ts";
import { settle } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import { openDoor } from "./door.ts";
import { entryOf } from "./entry-of.ts";
import { executeControl } from "./execute-control.ts";
import { loadRows } from "./load-rows.ts";
import { runRaw } from "./raw-query.ts";
import { Session } from "./session.ts";
import { beginScope, commitScope, rollbackScope, runAll, transact, type TransactOptions } from "./transact.ts";
import type { TransactionScope } from "./transaction-scope.ts";

/** The part that a database handle and a transaction share. */
export class QueryableHandle {
  protected readonly core: DatabaseCore;
  protected readonly session: Session;
  readonly #builders = new Map<unknown, QueryBuilder>();

  constructor(core: DatabaseCore, session: Session) {
    this.core = core;
    this.session = session;
  }

  from(model: unknown): QueryBuilder {
    return this.#builders.get(model) ?? this.#start(model);
  }

  #start(model: unknown): QueryBuilder {
    const entry = entryOf(this.core.registry, model, "db.from");
    const builder = new QueryBuilder(readerOn(this.session), this.core.stateOf(entry));
    this.#builders.set(model, builder);
    return builder;
  }

  related(row: unknown, name: unknown): RelatedBuilder {
    return relatedRows(this.session, row, name);
  }

  loadInto(rows: unknown, ...given: unknown[]): Promise<readonly object[]> {
    return loadRows(this.session, rows, given);
  }

  raw(text: unknown, bindings: unknown = []): Promise<readonly object[]> {
    return settle(() => runRaw(this.session, text, bindings));
  }

  transaction<T>(body: (tx: object) => Promise<T> | T, options: TransactOptions = {}): Promise<T> {
    return settle(() => {
      if (typeof body !== "function") throw new TransactionError("db.transaction needs a callback that does the work.");
      requireOptions(options, "db.transaction");
      return transact(
        this.session,
        (session, scope) => body(new TransactionHandle(this.core, session, scope)),
        options,
      );
    });
  }
}

function requireOptions(options: unknown, method: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new TransactionError(`${method} takes its options as an object.`);
}

/** A transaction as it runs; `Transaction` in `types/database.ts` is what callers see. */
export class TransactionHandle extends QueryableHandle {
  protected readonly scope: TransactionScope;

  constructor(core: DatabaseCore, session: Session, scope: TransactionScope) {
    super(core, session);
    this.scope = scope;
    openDoor(this, core, session);
  }

  afterCommit(callback: () => unknown): void {
    this.scope.open().afterCommit.push(callback);
  }

  afterRollback(callback: () => unknown): void {
    this.scope.open().afterRollback.push(callback);
  }
}

/** A transaction begun by hand, which its holder ends. */
class ManualTransactionHandle extends TransactionHandle {
  readonly #release: () => void;
  readonly #rollback: () => Promise<void>;

  constructor(core: DatabaseCore, scope: TransactionScope, release: () => void) {
    super(core, new Session(core, scope), scope);
    this.#rollback = () => this.rollback();
    this.#release = () => {
      core.begun.delete(this.#rollback);
      release();
    };
    core.begun.add(this.#rollback);
  }

  async commit(): Promise<void> {
    this.scope.open();
    try {
      await commitScope(this.core, this.scope);
    } catch (error) {
      await this.#free(this.scope.afterRollback).catch(() => undefined);
      throw error;
    }
    await this.#free(this.scope.afterCommit);
  }

  async rollback(): Promise<void> {
    this.scope.open();
    await rollbackScope(this.core, this.scope);
    await this.#free(this.scope.afterRollback);
  }

  /** Gives the connection back, then runs what waited for the end. */
  #free(callbacks: readonly (() => unknown)[]): Promise<void> {
    this.#release();
    return runAll(callbacks);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.scope.ended) await this.rollback();
  }
}

/** Begins a transaction whose connection is held until it is ended. */
export function beginManual(core: DatabaseCore, options: TransactionOptions): Promise<object> {
  requireOptions(options, "db.begin");
  if (core.ambient() !== undefined) {
    throw new TransactionError("db.begin was called inside a transaction. Use tx.transaction for a savepoint.");
  }
  return new Promise((resolve, reject) => {
    const session = new Session(core, undefined, executeControl(options));
    const held = session.use(async (connection) => {
      const scope = await beginScope(core, connection, options);
      await new Promise<void>((release) => resolve(new ManualTransactionHandle(core, scope, release)));
    });
    Promise.resolve(held).catch(reject);
  });
}
