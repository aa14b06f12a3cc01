import { MigrationError } from "@mortise/core/adapter";
import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

/** How long a migrator waits for another one, in seconds. */
const patience = 60;

/** Runs a body while no other migrator of this database runs; the server frees the lock when the connection breaks. */
export async function lockDatabase<T>(session: Session, name: string, body: () => Promise<T>): Promise<T> {
  const [[database] = []] = await session.query("select database()", 1);
  if (typeof database !== "string") {
    throw new MigrationError(
      "No database is chosen, so there is nothing to migrate: name one in the options of mysql().",
    );
  }
  const lock = `substring(concat(${quoteText(`${name}:`)}, database()), 1, 64)`;
  const [[got] = []] = await session.query(`select get_lock(${lock}, ${patience})`, 1);
  if (Number(got) !== 1) {
    throw new MigrationError(
      `Another migrator has been working on this database for ${patience} seconds, so the migration did not start. ` +
        "Nothing was changed: run it again when the other one is done.",
    );
  }
  try {
    return await body();
  } finally {
    await session.query(`select release_lock(${lock})`, 1).catch(() => undefined);
  }
}
