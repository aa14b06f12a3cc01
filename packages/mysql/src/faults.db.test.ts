import { afterAll, beforeAll } from "vitest";
import { faultMatrix } from "../../testkit/src/faults/fault-matrix.ts";
import { mysql } from "./index.ts";
import { onServers } from "./servers.fixture.ts";
import { administer, openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

onServers((server) => {
  const { hostname, port } = new URL(server.url);
  let database: TestDatabase;
  beforeAll(async () => void (database = await openTestDatabase(server)));
  afterAll(() => database.remove());
  const threads = () =>
    administer(server.url, `select id from information_schema.processlist where db = '${database.name}'`);
  faultMatrix({
    address: { host: hostname, port: Number(port) },
    adapter: (through) => {
      const url = new URL(database.url);
      url.host = `127.0.0.1:${through}`;
      return mysql({ uri: url.href, pool: { max: 2, createTimeoutMillis: 500, createRetryIntervalMillis: 20 } });
    },
    terminate: async () => {
      const statements = (await threads()).map(([id]) => `kill ${Number(id)}`);
      // A session may end by itself in between.
      for (const statement of statements) await administer(server.url, statement).catch(() => undefined);
    },
    sessions: async () => (await threads()).length,
    sleeping: (seconds) => `sleep(${seconds}) = 0`,
  });
});
