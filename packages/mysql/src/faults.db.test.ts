import { afterAll, beforeAll } from "vitest";
import { faultMatrix } from "../../testkit/src/faults/fault-matrix.ts";
import { mysql } from "./index.ts";
import { onServers } from "./servers.fixture.ts";
import { endSessions, sessionsOf } from "./sessions.fixture.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

onServers((server) => {
  const { hostname, port } = new URL(server.url);
  let database: TestDatabase;
  beforeAll(async () => void (database = await openTestDatabase(server)));
  afterAll(() => database.remove());
  faultMatrix({
    address: { host: hostname, port: Number(port) },
    adapter: (through) => {
      const url = new URL(database.url);
      url.host = `127.0.0.1:${through}`;
      return mysql({ uri: url.href, pool: { max: 2, createTimeoutMillis: 500, createRetryIntervalMillis: 20 } });
    },
    terminate: () => endSessions(server.url, database),
    sessions: async () => (await sessionsOf(server.url, database)).length,
    sleeping: (seconds) => `sleep(${seconds}) = 0`,
  });
});
