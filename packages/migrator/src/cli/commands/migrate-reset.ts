import { reset } from "../../files/migrate.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { progressOn } from "../progress.ts";

export const migrateReset: CommandDefinition = {
  name: "migrate:reset",
  summary: "Takes back every migration, the last one first.",
  options: [waitOption, forceOption, ...connectionOptions],
  examples: ["mortise migrate:reset", "mortise migrate:reset --force --connection test"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      await confirmLoss("takes back every migration, and drops what they made", open, given, terminal);
      const wait = waitOf(given, open.connection.migrations);
      const { migrations } = await reset(open.db, { ...open.migrations, ...wait, onStatement: progressOn(terminal) });
      if (migrations.length === 0) terminal.print("nothing to roll back");
      for (const name of migrations) terminal.print(`rolled back ${name}`);
      return 0;
    }),
};
