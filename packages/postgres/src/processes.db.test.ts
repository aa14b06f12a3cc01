import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { onServers, openNamespace } from "./servers.fixture.ts";

onServers((server) =>
  runProcesses({
    name: server.name,
    script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
    shared: async () => {
      const namespace = await openNamespace(server);
      const place = `${server.url} ${namespace.name}`;
      return { place, open: () => namespace.adapter(), remove: () => namespace.remove() };
    },
  }),
);
