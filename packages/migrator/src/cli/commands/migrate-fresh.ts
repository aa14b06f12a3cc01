import { fresh } from "../../files/wipe.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { progressOn } from "../progress.ts";

export const migrateFresh: CommandDefinition = {
  name: "migrate:fresh",
  summary: "Drops every table, then makes all migrations anew.",
  options: [waitOption, forceOption, ...connectionOptions],
  examples: ["mortise migrate:fresh", "mortise migrate:fresh --force --connection test"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      await confirmLoss("drops every table with its rows", open, given, terminal);
      const wait = waitOf(given, open.connection.migrations);
      const { migrations } = await fresh(open.db, { ...open.migrations, ...wait, onStatement: progressOn(terminal) });
      if (migrations.length === 0) terminal.print("nothing to migrate");
      for (const name of migrations) terminal.print(`migrated ${name}`);
      return 0;
    }),
};
