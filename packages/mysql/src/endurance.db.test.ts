import { runEndurance } from "@mortise/testkit";
import { afterAll, beforeAll } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { endSessions, sessionsOf } from "./sessions.fixture.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

onServers((server) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await openTestDatabase(server)));
  afterAll(() => database.remove());
  runEndurance({
    adapter: (max) => database.adapter({ pool: { max } }),
    server: {
      terminate: () => endSessions(server.url, database),
      sessions: async () => (await sessionsOf(server.url, database)).length,
      running: async () =>
        (await sessionsOf(server.url, database)).filter(({ command }) => command === "Query" || command === "Execute")
          .length,
      sleeping: (seconds) => `sleep(${seconds}) = 0`,
    },
  });
});
