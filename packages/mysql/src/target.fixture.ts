import { afterAll } from "vitest";
import type { TestServer } from "./servers.fixture.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

/** A server as the testkit's cases see it: every database is one of its own. */
export function targetOn(server: TestServer) {
  const opened: TestDatabase[] = [];
  const openOne = async () => {
    const database = await openTestDatabase(server, { max: 4 });
    opened.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of opened) await database.remove();
  });
  return {
    name: server.name,
    open: async () => (await openOne()).adapter(),
    shared: async () => {
      const database = await openOne();
      return { open: () => database.adapter(), remove: () => undefined };
    },
  };
}
