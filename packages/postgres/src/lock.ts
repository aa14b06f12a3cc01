import { MigrationError } from "@mortise/core/adapter";
import type { LockOptions } from "@mortise/core/state";
import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

/** How long a migrator waits for another one unless that is said, and how often it looks. */
const patience = { total: 60_000, first: 10, longest: 250 };

/**
 * Runs a body while no other migrator of this database runs. The advisory lock belongs to the connection, so that the body may open
 * several transactions, and the server frees it when the connection is lost. Meanwhile no statement waits longer than `lockTimeout` for
 * a lock.
 */
export async function lockDatabase<T>(
  session: Session,
  name: string,
  body: () => Promise<T>,
  { lockTimeout }: LockOptions = {},
): Promise<T> {
  const key = keyOf(name);
  await takeLock(session, name, lockTimeout ?? patience.total);
  try {
    return await (lockTimeout === undefined ? body() : bounded(session, lockTimeout, body));
  } finally {
    await session.query(`select pg_advisory_unlock(${key})`).catch(() => undefined);
  }
}

/** Who holds the lock, with the way to end it. */
export async function holderOf(session: Session, name: string): Promise<string | undefined> {
  const rows = await session.query(
    "select format('Session %s%s%s holds it; if nobody is at work there, end it with: select pg_terminate_backend(%s).', " +
      "a.pid, ' of the user ' || a.usename, ' (' || nullif(a.application_name, '') || ')', a.pid) " +
      "from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and l.objsubid = 1 " +
      `and l.database = (select oid from pg_database where datname = current_database()) ` +
      `and ((l.classid::bigint << 32) | l.objid::bigint) = ${keyOf(name)}`,
  );
  const [[holder] = []] = rows;
  return typeof holder === "string" ? holder : undefined;
}

function keyOf(name: string): string {
  return `hashtextextended(${quoteText(`mortise migration ${name}`)}, 0)`;
}

/** A connection that is lost keeps no settings. */
async function bounded<T>(session: Session, lockTimeout: number, body: () => Promise<T>): Promise<T> {
  const [[usual] = []] = await session.query("select current_setting('lock_timeout')");
  await session.run(`set lock_timeout to ${lockTimeout}`);
  try {
    return await body();
  } finally {
    await session.run(`set lock_timeout to ${quoteText(String(usual))}`).catch(() => undefined);
  }
}

async function takeLock(session: Session, name: string, longest: number): Promise<void> {
  const key = keyOf(name);
  const start = Date.now();
  for (let pause = patience.first; ; pause = Math.min(pause * 2, patience.longest)) {
    const [[taken] = []] = await session.query(`select pg_try_advisory_lock(${key})`);
    if (taken === true) return;
    if (Date.now() - start > longest) throw waitedTooLong(longest, await holderOf(session, name));
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

function waitedTooLong(longest: number, holder: string | undefined): MigrationError {
  const who = holder === undefined ? "" : ` ${holder}`;
  return new MigrationError(
    `Another migrator has held the lock of this database for ${longest / 1000} seconds, so the migration did not start. ` +
      `Nothing was changed: run it again when the other one is done.${who} "mortise migrate:unlock" tells who holds the lock.`,
  );
}
