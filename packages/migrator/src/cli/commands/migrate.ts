import { migrate as run } from "../../files/migrate.ts";
import { connectionOptions, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { progressOn } from "../progress.ts";

export const migrate: CommandDefinition = {
  name: "migrate",
  summary: "Makes the migrations that are not made yet, in one batch.",
  options: [
    { name: "only", kind: "text", value: "name", summary: "one migration alone" },
    { name: "to", kind: "text", value: "stamp", summary: "the last one to make, by its name or the beginning of it" },
    { name: "dry-run", kind: "flag", summary: "print the statements, and change nothing" },
    waitOption,
    ...connectionOptions,
  ],
  examples: ["mortise migrate", "mortise migrate --to 20260131", "mortise migrate --dry-run --connection analytics"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db, migrations, connection, warn }) => {
      const dryRun = given.flag("dry-run");
      const {
        migrations: names,
        outOfOrder,
        statements,
      } = await run(db, {
        ...migrations,
        ...waitOf(given, connection.migrations),
        only: given.text("only"),
        to: given.text("to"),
        dryRun,
        onStatement: progressOn(terminal),
      });
      for (const name of outOfOrder) warn(`${name} comes before a migration that was made already.`);
      if (names.length === 0) terminal.print("nothing to migrate");
      else if (dryRun) terminal.print(statements.map((statement) => `${statement};`).join("\n"));
      else for (const name of names) terminal.print(`migrated ${name}`);
      return 0;
    }),
};
