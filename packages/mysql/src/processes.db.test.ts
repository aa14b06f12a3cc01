import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

onServers((server) =>
  runProcesses({
    name: server.name,
    script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
    shared: async () => {
      const database = await openTestDatabase(server);
      return { place: database.url, open: () => database.adapter(), remove: () => database.remove() };
    },
  }),
);
