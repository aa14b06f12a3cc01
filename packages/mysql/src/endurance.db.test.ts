import { runEndurance } from "@mortise/testkit";
import { afterAll, beforeAll } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { administer, openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

onServers((server) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await openTestDatabase(server)));
  afterAll(() => database.remove());
  const threads = (condition = "true") =>
    administer(
      server.url,
      `select id from information_schema.processlist where db = '${database.name}' and ${condition}`,
    );
  runEndurance({
    adapter: (max) => database.adapter({ pool: { max } }),
    server: {
      terminate: async () => {
        const statements = (await threads()).map(([id]) => `kill ${Number(id)}`);
        // A session may end by itself in between.
        for (const statement of statements) await administer(server.url, statement).catch(() => undefined);
      },
      sessions: async () => (await threads()).length,
      running: async () => (await threads("command in ('Query', 'Execute')")).length,
      sleeping: (seconds) => `sleep(${seconds}) = 0`,
    },
  });
});
