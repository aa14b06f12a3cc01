import { MigrationError } from "@mortise/core/adapter";
import type { LockOptions } from "@mortise/core/state";
import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

/** How long a migrator waits for another one unless that is said, in milliseconds. */
const patience = 60_000;

/**
 * Runs a body while no other migrator of this database runs; the server frees the lock when the connection breaks. Meanwhile no
 * statement waits longer than `lockTimeout` for a table or a row, in whole seconds as the server counts them.
 */
export async function lockDatabase<T>(
  session: Session,
  name: string,
  body: () => Promise<T>,
  { lockTimeout }: LockOptions = {},
): Promise<T> {
  const [[database] = []] = await session.query("select database()", 1);
  if (typeof database !== "string") {
    throw new MigrationError(
      "No database is chosen, so there is nothing to migrate: name one in the options of mysql().",
    );
  }
  const lock = lockName(name);
  const longest = seconds(lockTimeout ?? patience);
  const [[got] = []] = await session.query(`select get_lock(${lock}, ${longest})`, 1);
  if (Number(got) !== 1) throw waitedTooLong(longest, await holderOf(session, name));
  try {
    return await (lockTimeout === undefined ? body() : bounded(session, seconds(lockTimeout), body));
  } finally {
    await session.query(`select release_lock(${lock})`, 1).catch(() => undefined);
  }
}

/** Who holds the lock, with the way to end it. */
export async function holderOf(session: Session, name: string): Promise<string | undefined> {
  const rows = await session.query(
    "select concat('Session ', id, ' of the user ', user, ' at ', host, ' holds it; if nobody is at work there, end it with: kill ', id, '.') " +
      `from information_schema.processlist where id = is_used_lock(${lockName(name)})`,
    1,
  );
  const [[holder] = []] = rows;
  return typeof holder === "string" ? holder : undefined;
}

function lockName(name: string): string {
  return `substring(concat(${quoteText(`${name}:`)}, database()), 1, 64)`;
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

/** A connection that is lost keeps no settings. */
async function bounded<T>(session: Session, longest: number, body: () => Promise<T>): Promise<T> {
  const names = ["lock_wait_timeout", "innodb_lock_wait_timeout"];
  const [usual = []] = await session.query(`select ${names.map((name) => `@@session.${name}`).join(", ")}`, 2);
  const set = (values: readonly unknown[]): Promise<void> =>
    session.run(`set ${names.map((name, at) => `session ${name} = ${Number(values[at])}`).join(", ")}`);
  await set([longest, longest]);
  try {
    return await body();
  } finally {
    await set(usual).catch(() => undefined);
  }
}

function waitedTooLong(longest: number, holder: string | undefined): MigrationError {
  const who = holder === undefined ? "" : ` ${holder}`;
  return new MigrationError(
    `Another migrator has been working on this database for ${longest} ${longest === 1 ? "second" : "seconds"}, so the migration did not start. ` +
      `Nothing was changed: run it again when the other one is done.${who} "mortise migrate:unlock" tells who holds the lock.`,
  );
}
