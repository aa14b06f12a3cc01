import { rollback } from "../../files/migrate.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { withTools } from "../../tools.ts";
import { progressOn } from "../progress.ts";

export const migrateRollback: CommandDefinition = {
  name: "migrate:rollback",
  summary: "Takes back the migrations of the last batch.",
  options: [
    { name: "step", kind: "number", value: "count", summary: "how many to take back" },
    { name: "to", kind: "text", value: "stamp", summary: "takes back everything behind this one" },
    { name: "dry-run", kind: "flag", summary: "print the statements, and change nothing" },
    waitOption,
    forceOption,
    ...connectionOptions,
  ],
  examples: [
    "mortise migrate:rollback",
    "mortise migrate:rollback --step 1 --force",
    "mortise migrate:rollback --dry-run",
  ],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      const wait = waitOf(given, open.connection.migrations);
      const options = { ...open.migrations, ...wait, step: given.number("step"), to: given.text("to") };
      const foreseen = await rollback(open.db, { ...options, dryRun: true });
      if (given.flag("dry-run")) {
        terminal.print(foreseen.statements.map((statement) => `${statement};`).join("\n"));
        return 0;
      }
      const takesAway = await withTools(open.db, async (schema) => schema.takesAway ?? isLoss);
      if (foreseen.statements.some(takesAway))
        await confirmLoss("drops tables or columns with their rows", open, given, terminal);
      const { migrations } = await rollback(open.db, { ...options, onStatement: progressOn(terminal) });
      if (migrations.length === 0) terminal.print("nothing to roll back");
      for (const name of migrations) terminal.print(`rolled back ${name}`);
      return 0;
    }),
};

/** A statement by which rows or values may go. */
function isLoss(statement: string): boolean {
  return /\b(drop\s+(table|column|schema|type)|truncate|delete\s+from)\b/i.test(statement);
}
