import { runEndurance } from "@mortise/testkit";
import { afterAll, beforeAll } from "vitest";
import { administer, onServers, openNamespace, type Namespace } from "./servers.fixture.ts";

onServers((server) => {
  const applicationName = `mortise endurance ${new URL(server.url).port}`;
  let namespace: Namespace;
  beforeAll(async () => void (namespace = await openNamespace(server)));
  afterAll(() => namespace.remove());
  const own = `from pg_stat_activity where application_name = '${applicationName}'`;
  const count = async (condition: string) =>
    Number((await administer(server.url, `select count(*) ${own} and ${condition}`))[0]?.[0]);
  runEndurance({
    adapter: (max) => namespace.adapter({ applicationName, pool: { max } }),
    server: {
      terminate: () => administer(server.url, `select pg_terminate_backend(pid) ${own}`),
      sessions: () => count("true"),
      running: () => count("state = 'active'"),
      sleeping: (seconds) => `pg_sleep(${seconds}) is not null`,
    },
  });
});
