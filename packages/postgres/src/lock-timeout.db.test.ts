import { runLockTimeouts } from "@mortise/testkit";
import { onServers, openDatabase } from "./servers.fixture.ts";

onServers((server) =>
  runLockTimeouts({
    name: server.name,
    shared: async () => {
      const database = await openDatabase(server);
      return { open: () => database.adapter(), remove: () => database.remove() };
    },
  }),
);
