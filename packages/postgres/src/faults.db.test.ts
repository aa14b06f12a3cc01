import { afterAll, beforeAll } from "vitest";
import { faultMatrix } from "../../testkit/src/faults/fault-matrix.ts";
import { administer, onServers, openNamespace, type Namespace } from "./servers.fixture.ts";

onServers((server) => {
  const { hostname, port } = new URL(server.url);
  const applicationName = `mortise faults ${port}`;
  let namespace: Namespace;
  beforeAll(async () => void (namespace = await openNamespace(server)));
  afterAll(() => namespace.remove());
  const own = `application_name = '${applicationName}'`;
  faultMatrix({
    address: { host: hostname, port: Number(port) },
    adapter: (through) =>
      namespace.adapter(
        { applicationName, pool: { max: 2, createTimeoutMillis: 500, createRetryIntervalMillis: 20 } },
        through,
      ),
    // With a time to wait, since a session may still answer before it hears that it is to end.
    terminate: () =>
      administer(server.url, `select pg_terminate_backend(pid, 1000) from pg_stat_activity where ${own}`),
    sessions: async () => {
      const rows = await administer(server.url, `select count(*) from pg_stat_activity where ${own}`);
      return Number(rows[0]?.[0]);
    },
    sleeping: (seconds) => `pg_sleep(${seconds}) is not null`,
  });
});
