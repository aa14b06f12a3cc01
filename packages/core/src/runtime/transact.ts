import type { Connection, ExecuteControl, TransactionOptions } from "../adapter/adapter.ts";
import { CommitOutcomeUnknownError, ConnectionError, TransactionError, UnsupportedError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { DatabaseCore } from "./database-core.ts";
import { deadline } from "./deadline.ts";
import { executeControl } from "./execute-control.ts";
import { retrying, retryPolicy, type RetryPolicy } from "./retry.ts";
import { Session, toMortiseError } from "./session.ts";
import type { TransactionScope } from "./transaction-scope.ts";

/** What a transaction may be told beside what the engine knows. */
export interface TransactOptions extends TransactionOptions {
  readonly retry?: number | RetryPolicy | undefined;
  /** Ends the transaction, which is rolled back. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole transaction, in milliseconds. */
  readonly timeout?: number | undefined;
}

type Body<T> = (session: Session, scope: TransactionScope) => Promise<T> | T;

/** Runs a body in a transaction: a savepoint inside another one, else on a connection of its own. */
export function transact<T>(session: Session, body: Body<T>, options: TransactOptions = {}): Promise<T> {
  const parent = surrounding(session);
  if (parent !== undefined) return nested(session, parent, body, options);
  const control = executeControl(options);
  const policy = retryPolicy(options.retry ?? session.core.adapter.capabilities.transactionRetries);
  const waiting = control === undefined ? session : session.controlled(control);
  const once = (): Promise<T> => {
    const begun: TransactionScope[] = [];
    const ended = waiting.use(async (connection) => {
      begun.push(await beginScope(session.core, connection, options));
      return outermost(session, begun[0]!, body, control);
    });
    return withCallbacks(begun, ended);
  };
  return policy.attempts === 1 ? once() : retrying(policy, once);
}

/** The transaction to nest in: the savepoint around the calling code, even when an outer one's handle is asked. */
export function surrounding({ core, transaction }: Session): TransactionScope | undefined {
  const around = core.context.get();
  const isNearer = transaction !== undefined && around !== undefined && !around.ended && around.isWithin(transaction);
  const innermost = isNearer ? around : transaction;
  return innermost?.isTransaction === true ? innermost : undefined;
}

/** Runs what waited for the end of a transaction once its connection is free again, since a callback may need one. */
async function withCallbacks<T>(begun: readonly TransactionScope[], ended: T | Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await ended;
  } catch (error) {
    await quietly(() => runAll(begun.flatMap(({ afterRollback }) => afterRollback)));
    throw error;
  }
  await runAll(begun.flatMap(({ afterCommit }) => afterCommit));
  return result;
}

/** Runs the callbacks of a transaction's end in order. */
export async function runAll(callbacks: readonly (() => unknown)[]): Promise<void> {
  for (const callback of callbacks) await callback();
}

async function outermost<T>(
  session: Session,
  scope: TransactionScope,
  body: Body<T>,
  control: ExecuteControl | undefined,
): Promise<T> {
  const { core } = session;
  let result: T;
  try {
    result = await runBody(session, scope, body, control);
  } catch (error) {
    await rollbackScope(core, scope);
    throw error;
  }
  await commitScope(core, scope);
  return result;
}

/** Clears up after an error, which stays the one to tell whatever happens here. */
async function quietly(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch {
    // The caller throws the error that led here.
  }
}

/** Runs the body inside its scope, until its deadline where it has one. */
function runBody<T>(
  session: Session,
  scope: TransactionScope,
  body: Body<T>,
  control: ExecuteControl | undefined,
): Promise<T> | T {
  const { core } = session;
  if (control === undefined)
    return core.context.run(scope, () => body(new Session(core, scope, session.control), scope));
  const limit = deadline(control);
  const inside = new Session(core, scope, session.control).controlled(limit.control);
  return limit.race(core.context.run(scope, async () => body(inside, scope)));
}

/** Begins a transaction on a connection. */
export async function beginScope(
  core: DatabaseCore,
  connection: Connection<unknown>,
  options: TransactionOptions,
): Promise<TransactionScope> {
  checkOptions(core, options);
  try {
    await connection.begin(options);
  } catch (cause) {
    throw toMortiseError(core, cause, undefined);
  }
  return core.begin(connection, core.around());
}

/** Commits. A failed commit is rolled back. */
export async function commitScope(core: DatabaseCore, scope: TransactionScope): Promise<void> {
  scope.open();
  if (scope.spoiled !== undefined) {
    await rollbackScope(core, scope);
    throw new TransactionError(
      `The transaction was rolled back: a part of it failed, and ${core.adapter.name} has no savepoints to take back that part alone.`,
      { cause: scope.spoiled },
    );
  }
  try {
    await scope.connection.commit();
  } catch (cause) {
    const error = toMortiseError(core, cause, undefined);
    await rollbackScope(core, scope);
    throw error instanceof ConnectionError ? unknownOutcome(error) : error;
  }
  core.end(scope, "committed");
}

function unknownOutcome(cause: unknown): CommitOutcomeUnknownError {
  return new CommitOutcomeUnknownError(
    "The connection broke during COMMIT, so the transaction may have been committed or not. " +
      "Look before running it again.",
    { cause },
  );
}

/** Rolls back. An error of the rollback itself is swallowed: the error that led here is the one to tell. */
export async function rollbackScope(core: DatabaseCore, scope: TransactionScope): Promise<void> {
  if (scope.ended) return;
  try {
    await scope.connection.rollback();
  } catch {
    // The connection is judged by its source on release.
  }
  core.end(scope, "rolled back");
}

function nested<T>(session: Session, parent: TransactionScope, body: Body<T>, options: TransactOptions): Promise<T> {
  if (options.isolation !== undefined || options.readOnly !== undefined || options.retry !== undefined) {
    throw new TransactionError("A nested transaction takes its isolation, access and retries from the outer one.");
  }
  return parent.open().queue(() => savepoint(session, parent, body, executeControl(options)));
}

async function savepoint<T>(
  session: Session,
  parent: TransactionScope,
  body: Body<T>,
  control: ExecuteControl | undefined,
): Promise<T> {
  const { core } = session;
  const { connection } = parent.open();
  const name = `mortise_${parent.depth + 1}`;
  await connection.savepoint(name);
  const scope = core.begin(connection, parent);
  let result: T;
  try {
    result = await runBody(session, scope, body, control);
  } catch (error) {
    core.end(scope, "rolled back");
    await quietly(async () => {
      if (parent.ended) return;
      await connection.rollbackToSavepoint(name);
      await connection.releaseSavepoint(name);
    });
    await quietly(() => runAll(scope.afterRollback));
    throw error;
  }
  core.end(scope, "committed");
  await connection.releaseSavepoint(name);
  parent.afterCommit.push(...scope.afterCommit);
  parent.afterRollback.push(...scope.afterRollback);
  return result;
}

function checkOptions(core: DatabaseCore, { isolation }: TransactionOptions): void {
  const { adapter } = core;
  if (!adapter.capabilities.transactions) {
    throw new UnsupportedError({ capability: "A transaction", adapter: adapter.name });
  }
  if (isolation === undefined || adapter.capabilities.isolation.includes(isolation)) return;
  throw new UnsupportedError({
    capability: `Isolation ${shown(isolation)}`,
    adapter: adapter.name,
    alternative: `It has: ${adapter.capabilities.isolation.join(", ")}.`,
  });
}
