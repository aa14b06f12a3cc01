import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { documentRows } from "./document-rows.fixture.ts";
import { commandKinds } from "./migration-kinds.fixture.ts";
import { losesTransactions, onServer, openTestDatabase } from "./test-database.fixture.ts";

onServer(
  () =>
    runProcesses({
      name: "mongodb",
      script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
      rows: 3,
      kinds: commandKinds,
      lockStays: true,
      shared: async () => {
        const database = openTestDatabase();
        return {
          place: database.name,
          open: () => database.adapter(),
          rows: documentRows(database),
          remove: () => database.remove(),
        };
      },
    }),
  losesTransactions,
);
