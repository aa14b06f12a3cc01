import { administer, type TestDatabase } from "./test-database.fixture.ts";

/**
 * The sessions of a database, with what they do. Not of `information_schema.processlist`: that copies the text of every statement of the
 * server into a table, and fails at one with a sign outside of three bytes.
 */
export async function sessionsOf(
  url: string,
  { name }: Pick<TestDatabase, "name">,
): Promise<readonly { readonly id: number; readonly command: unknown }[]> {
  const rows = await administer(url, "show processlist");
  return rows.flatMap(([id, , , database, command]) => (database === name ? [{ id: Number(id), command }] : []));
}

/** Ends the sessions of a database. */
export async function endSessions(url: string, database: Pick<TestDatabase, "name">): Promise<void> {
  // A session may end by itself in between.
  for (const { id } of await sessionsOf(url, database)) await administer(url, `kill ${id}`).catch(() => undefined);
}
