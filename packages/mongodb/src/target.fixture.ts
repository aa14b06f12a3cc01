import { afterAll } from "vitest";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

/** The server of the environment as the testkit's cases see it: every database is one of its own. */
export function serverTarget() {
  const opened: TestDatabase[] = [];
  const openOne = () => {
    const database = openTestDatabase();
    opened.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of opened) await database.remove();
  });
  return {
    name: "mongodb",
    open: () => openOne().adapter(),
    shared: () => {
      const database = openOne();
      return { open: () => database.adapter(), remove: () => database.remove() };
    },
  };
}
