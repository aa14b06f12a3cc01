import { MigrationError } from "@mortise/core/adapter";
import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

/** How long a migrator waits for another one, and how often it looks. */
const patience = { total: 60_000, first: 10, longest: 250 };

/**
 * Runs a body in a transaction that holds an advisory lock of the database, so that of all migrators one works at a time. The lock
 * ends with the transaction, also when the connection is lost. An error rolls everything back.
 */
export function lockDatabase<T>(session: Session, name: string, body: (inside: Session) => Promise<T>): Promise<T> {
  return session.transaction(async (inside) => {
    await takeLock(inside, name);
    return body(inside);
  }, true);
}

async function takeLock(session: Session, name: string): Promise<void> {
  const start = Date.now();
  const key = `hashtextextended(${quoteText(`mortise migration ${name}`)}, 0)`;
  for (let pause = patience.first; ; pause = Math.min(pause * 2, patience.longest)) {
    const [[taken] = []] = await session.query(`select pg_try_advisory_xact_lock(${key})`);
    if (taken === true) return;
    if (Date.now() - start > patience.total) throw waitedTooLong();
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

function waitedTooLong(): MigrationError {
  return new MigrationError(
    `Another migrator has held the lock of this database for ${patience.total / 1000} seconds, so the migration did not start. ` +
      "Nothing was changed: run it again when the other one is done.",
  );
}
