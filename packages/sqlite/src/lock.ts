import { LockTimeoutError, MigrationError } from "@mortise/core/adapter";
import { LossWatch } from "./loss-watch.ts";
import type { Session } from "./session.ts";

/** How long a migrator waits for another one, and how often it looks. */
const patience = { total: 60_000, first: 5, longest: 200 };

/**
 * Runs a body in an immediate transaction: SQLite lets one writer in, so no other migrator (and no other write) comes between.
 * An error rolls everything back. The wait is asynchronous: the process goes on with other work.
 *
 * Foreign keys are not enforced meanwhile, as dropping a table would delete rows that point at it; what a dropped or rebuilt table
 * leaves pointing at nothing is looked for before the commit.
 */
export async function lockDatabase<T>(session: Session, body: (inside: Session) => Promise<T>): Promise<T> {
  const [[enforced] = []] = await session.query("PRAGMA foreign_keys", 1);
  await session.run("PRAGMA foreign_keys = OFF");
  try {
    await beginImmediate(session);
    return await inTransaction(session, body);
  } finally {
    await session.run(`PRAGMA foreign_keys = ${Number(enforced)}`);
  }
}

async function inTransaction<T>(session: Session, body: (inside: Session) => Promise<T>): Promise<T> {
  try {
    const watch = new LossWatch(session);
    const result = await body(watch.session);
    await watch.check();
    await session.run("COMMIT");
    return result;
  } catch (error) {
    await rollback(session);
    throw error;
  } finally {
    await session.run("PRAGMA legacy_alter_table = OFF");
  }
}

async function beginImmediate(session: Session): Promise<void> {
  const [[timeout] = []] = await session.query("PRAGMA busy_timeout", 1);
  await session.query("PRAGMA busy_timeout = 0", 1);
  try {
    await retryBegin(session);
  } finally {
    await session.query(`PRAGMA busy_timeout = ${Number(timeout)}`, 1);
  }
}

async function retryBegin(session: Session): Promise<void> {
  const start = Date.now();
  for (let pause = patience.first; ; pause = Math.min(pause * 2, patience.longest)) {
    try {
      return await session.run("BEGIN IMMEDIATE");
    } catch (error) {
      if (!(error instanceof LockTimeoutError)) throw refuseNested(error);
      if (Date.now() - start > patience.total) throw waitedTooLong(error);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

function refuseNested(cause: unknown): unknown {
  const isNested = cause instanceof Error && cause.message.includes("within a transaction");
  if (!isNested) return cause;
  return new MigrationError("A migration opens its own transaction: call it outside of db.transaction().", { cause });
}

function waitedTooLong(cause: unknown): MigrationError {
  return new MigrationError(
    `Another connection has been writing to the database for ${patience.total / 1000} seconds, so the migration did not start. ` +
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
