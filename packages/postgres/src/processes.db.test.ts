import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { holdTable } from "./held-table.fixture.ts";
import { onServers, openNamespace } from "./servers.fixture.ts";

onServers((server) =>
  runProcesses({
    name: server.name,
    script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
    rows: 2,
    shared: async () => {
      const namespace = await openNamespace(server);
      const place = `${server.url} ${namespace.name}`;
      return {
        place,
        open: () => namespace.adapter(),
        hold: (table, against) => holdTable(server.url, namespace.name, table, against),
        remove: () => namespace.remove(),
      };
    },
  }),
);
