import { MigrationError } from "@mortise/core/adapter";
import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

/** How long a migrator waits for another one, and how often it looks. */
const patience = { total: 60_000, first: 10, longest: 250 };

/**
 * Runs a body while no other migrator of this database runs. The advisory lock belongs to the connection, so that the body may open
 * several transactions, and the server frees it when the connection is lost.
 */
export async function lockDatabase<T>(session: Session, name: string, body: () => Promise<T>): Promise<T> {
  const key = `hashtextextended(${quoteText(`mortise migration ${name}`)}, 0)`;
  await takeLock(session, key);
  try {
    return await body();
  } finally {
    await session.query(`select pg_advisory_unlock(${key})`).catch(() => undefined);
  }
}

async function takeLock(session: Session, key: string): Promise<void> {
  const start = Date.now();
  for (let pause = patience.first; ; pause = Math.min(pause * 2, patience.longest)) {
    const [[taken] = []] = await session.query(`select pg_try_advisory_lock(${key})`);
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
