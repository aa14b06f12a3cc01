import type { Connection, TransactionOptions } from "../adapter/adapter.ts";
import { TransactionError, UnsupportedError } from "../errors/errors.ts";
import type { DatabaseCore } from "./database-core.ts";
import { Session, toMortiseError } from "./session.ts";
import type { TransactionScope } from "./transaction-scope.ts";

/** Runs a body in a transaction: a savepoint inside another one, else on a connection of its own. */
export function transact<T>(
  session: Session,
  body: (session: Session, scope: TransactionScope) => Promise<T> | T,
  options: TransactionOptions = {},
): Promise<T> {
  const { core } = session;
  const parent = session.transaction;
  if (parent?.real === true) return nested(core, parent, body, options);
  return Promise.resolve(session.use((connection) => outermost(core, connection, body, options)));
}

type Body<T> = (session: Session, scope: TransactionScope) => Promise<T> | T;

async function outermost<T>(
  core: DatabaseCore,
  connection: Connection<unknown>,
  body: Body<T>,
  options: TransactionOptions,
): Promise<T> {
  const scope = await beginScope(core, connection, options);
  let result: T;
  try {
    result = await core.context.run(scope, () => body(new Session(core, scope), scope));
  } catch (error) {
    await rollbackScope(core, scope);
    throw error;
  }
  await commitScope(core, scope);
  return result;
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
  return core.begin(connection, undefined);
}

/** Commits, then runs what waited for the commit. A failed commit is rolled back. */
export async function commitScope(core: DatabaseCore, scope: TransactionScope): Promise<void> {
  scope.open();
  try {
    await scope.connection.commit();
  } catch (cause) {
    await rollbackScope(core, scope);
    throw toMortiseError(core, cause, undefined);
  }
  core.end(scope, "committed");
  for (const callback of scope.afterCommit) await callback();
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
  for (const callback of scope.afterRollback) await callback();
}

function nested<T>(
  core: DatabaseCore,
  parent: TransactionScope,
  body: Body<T>,
  options: TransactionOptions,
): Promise<T> {
  if (options.isolation !== undefined || options.readOnly !== undefined) {
    throw new TransactionError("A nested transaction takes its isolation and access from the outer one.");
  }
  return parent.open().queue(() => savepoint(core, parent, body));
}

async function savepoint<T>(core: DatabaseCore, parent: TransactionScope, body: Body<T>): Promise<T> {
  const { connection } = parent.open();
  const scope = core.begin(connection, parent);
  const name = `mortise_${scope.depth}`;
  await connection.savepoint(name);
  let result: T;
  try {
    result = await core.context.run(scope, () => body(new Session(core, scope), scope));
  } catch (error) {
    core.end(scope, "rolled back");
    if (!parent.ended) {
      await connection.rollbackToSavepoint(name);
      await connection.releaseSavepoint(name);
    }
    for (const callback of scope.afterRollback) await callback();
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
    capability: `Isolation ${JSON.stringify(isolation)}`,
    adapter: adapter.name,
    alternative: `It has: ${adapter.capabilities.isolation.join(", ")}.`,
  });
}
