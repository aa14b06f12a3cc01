import { unlock } from "../../files/unlock.ts";
import { connectionOptions, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const migrateUnlock: CommandDefinition = {
  name: "migrate:unlock",
  summary: "Clears the lock of migrators that a dead one left behind.",
  options: connectionOptions,
  examples: ["mortise migrate:unlock"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db }) => {
      terminal.print((await unlock(db)).message);
      return 0;
    }),
};
