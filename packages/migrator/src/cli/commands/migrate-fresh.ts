import { fresh } from "../../files/wipe.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { progressOn } from "../progress.ts";

export const migrateFresh: CommandDefinition = {
  name: "migrate:fresh",
  summary: "Drops every table, then makes all migrations anew.",
  options: [forceOption, ...connectionOptions],
  examples: ["mortise migrate:fresh", "mortise migrate:fresh --force --connection test"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      await confirmLoss("drops every table with its rows", open, given, terminal);
      const { migrations } = await fresh(open.db, { ...open.migrations, onStatement: progressOn(terminal) });
      if (migrations.length === 0) terminal.print("nothing to migrate");
      for (const name of migrations) terminal.print(`migrated ${name}`);
      return 0;
    }),
};
