import { LockTimeoutError, MigrationError, QueryTimeoutError } from "@mortise/core/adapter";
import type { LockOptions } from "@mortise/core/state";
import { LossWatch } from "./loss-watch.ts";
import type { Session } from "./session.ts";

/** How long a migrator waits for another one unless that is said, and how often it looks. */
const patience = { total: 60_000, first: 5, longest: 200 };

/**
 * Runs a body in an immediate transaction: SQLite lets one writer in, so no other migrator (and no other write) comes between.
 * An error rolls everything back. The wait is asynchronous: the process goes on with other work.
 *
 * Foreign keys are not enforced meanwhile, as dropping a table would delete rows that point at it; what a dropped or rebuilt table
 * leaves pointing at nothing is looked for before the commit.
 */
export async function lockDatabase<T>(
  session: Session,
  body: (inside: Session) => Promise<T>,
  { lockTimeout }: LockOptions = {},
): Promise<T> {
  const [[enforced] = []] = await session.query("PRAGMA foreign_keys", 1);
  await session.run("PRAGMA foreign_keys = OFF");
  try {
    await beginImmediate(session, lockTimeout ?? patience.total);
    return await inTransaction(session, body, lockTimeout);
  } finally {
    await session.run(`PRAGMA foreign_keys = ${Number(enforced)}`);
  }
}

async function inTransaction<T>(
  session: Session,
  body: (inside: Session) => Promise<T>,
  lockTimeout: number | undefined,
): Promise<T> {
  try {
    const watch = new LossWatch(session);
    const result = await body(watch.session);
    await watch.check();
    await commit(session, lockTimeout);
    return result;
  } catch (error) {
    await rollback(session);
    throw error;
  } finally {
    await session.run("PRAGMA legacy_alter_table = OFF");
  }
}

/** Without write-ahead logging the end waits for those who read: as long as the connection does, or as long as is said. */
async function commit(session: Session, lockTimeout: number | undefined): Promise<void> {
  const start = performance.now();
  for (;;) {
    const left =
      lockTimeout === undefined ? undefined : Math.max(1, Math.ceil(lockTimeout - (performance.now() - start)));
    try {
      return await session.run("COMMIT", left);
    } catch (error) {
      if (!isBusy(error) || lockTimeout === undefined) throw error;
      if (performance.now() - start >= lockTimeout) throw readTooLong(lockTimeout, error);
    }
  }
}

/** Another connection is in the way: for longer than this one waits by itself, or than it was let. */
function isBusy(error: unknown): boolean {
  return error instanceof LockTimeoutError || error instanceof QueryTimeoutError;
}

function readTooLong(longest: number, cause: unknown): MigrationError {
  return new MigrationError(
    `Another connection has been reading the database for ${longest / 1000} seconds, so the migration could not end. ` +
      "Nothing was changed: run it again when nobody reads, or open the database with wal: true, where readers stand in nobody's way.",
    { cause },
  );
}

async function beginImmediate(session: Session, longest: number): Promise<void> {
  const [[timeout] = []] = await session.query("PRAGMA busy_timeout", 1);
  await session.query("PRAGMA busy_timeout = 0", 1);
  try {
    await retryBegin(session, longest);
  } finally {
    await session.query(`PRAGMA busy_timeout = ${Number(timeout)}`, 1);
  }
}

async function retryBegin(session: Session, longest: number): Promise<void> {
  const start = Date.now();
  for (let pause = patience.first; ; pause = Math.min(pause * 2, patience.longest)) {
    try {
      return await session.run("BEGIN IMMEDIATE", Math.max(1, longest - (Date.now() - start)));
    } catch (error) {
      if (!isBusy(error)) throw refuseNested(error);
      if (Date.now() - start > longest) throw waitedTooLong(longest, error);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

function refuseNested(cause: unknown): unknown {
  const isNested = cause instanceof Error && cause.message.includes("within a transaction");
  if (!isNested) return cause;
  return new MigrationError("A migration opens its own transaction: call it outside of db.transaction().", { cause });
}

function waitedTooLong(longest: number, cause: unknown): MigrationError {
  return new MigrationError(
    `Another connection has been writing to the database for ${longest / 1000} seconds, so the migration did not start. ` +
      "Nothing was changed: run it again when the other one is done.",
    { cause },
  );
}

/** Some errors end the transaction by themselves; then there is nothing left to roll back, and the first error matters. */
async function rollback(session: Session): Promise<void> {
  try {
    await session.run("ROLLBACK");
  } catch {
    return;
  }
}
