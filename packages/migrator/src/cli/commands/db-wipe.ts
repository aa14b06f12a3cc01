import { wipe } from "../../files/wipe.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const dbWipe: CommandDefinition = {
  name: "db:wipe",
  summary: "Drops every table with its rows, and the journal of the migrations.",
  options: [
    { name: "dry-run", kind: "flag", summary: "print the statements, and change nothing" },
    waitOption,
    forceOption,
    ...connectionOptions,
  ],
  examples: ["mortise db:wipe --dry-run", "mortise db:wipe --force --connection test"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      const { tableName, schemaName } = open.migrations;
      const wait = { ...waitOf(given, open.connection.migrations), tableName, schemaName };
      if (given.flag("dry-run")) {
        const { statements } = await wipe(open.db, { ...wait, dryRun: true });
        terminal.print(statements.map((statement) => `${statement};`).join("\n"));
        return 0;
      }
      await confirmLoss("drops every table with its rows", open, given, terminal);
      const { tables } = await wipe(open.db, wait);
      terminal.print(tables.length === 0 ? "no tables" : `dropped ${tables.join(", ")}`);
      return 0;
    }),
};
