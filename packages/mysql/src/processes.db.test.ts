import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { holdTable } from "./held-table.fixture.ts";
import { onServers } from "./servers.fixture.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

onServers((server) =>
  runProcesses({
    name: server.name,
    script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
    rows: 2,
    shared: async () => {
      const database = await openTestDatabase(server);
      return {
        place: database.url,
        open: () => database.adapter(),
        hold: (table, against) => holdTable(database, table, against),
        remove: () => database.remove(),
      };
    },
  }),
);
