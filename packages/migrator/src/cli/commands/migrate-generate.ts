import { join, relative } from "node:path";
import { MigrationError } from "@mortise/core/adapter";
import { generate } from "../../files/generate.ts";
import { status } from "../../files/migrate.ts";
import {
  acknowledgeOption,
  connectionOptions,
  differenceOptions,
  onlineOption,
  type CommandDefinition,
} from "../command.ts";
import { newMigrationsFolder } from "../folders.ts";
import { withDatabase } from "../open-database.ts";
import { settlePlan } from "../settle-plan.ts";

export const migrateGenerate: CommandDefinition = {
  name: "migrate:generate",
  summary: "Writes a migration from what separates the database from the schema.",
  argument: { name: "name", summary: "what it is about: add_users" },
  options: [...differenceOptions, acknowledgeOption, onlineOption, ...connectionOptions],
  examples: [
    "mortise migrate:generate add_users",
    "mortise migrate:generate full_names --rename users.name:full_name",
    "mortise migrate:generate index_names --online",
    "mortise migrate:generate no_notes --drop --acknowledge drop-column:users.notes",
  ],
  run: (given, terminal) =>
    withDatabase(given, terminal, "schema", async (open) => {
      const { db, loaded, connection, migrations } = open;
      requireNoPending((await status(db, migrations)).pending.map(({ name }) => name));
      const { options } = await settlePlan(open, given, terminal);
      const directory = newMigrationsFolder(connection.migrations, loaded);
      const { extension } = connection.migrations;
      const files = await generate(db, { ...options, directory, extension, name: given.argument });
      if (files.length === 0) terminal.print("no differences");
      for (const file of files) terminal.print(relative(terminal.cwd, join(directory, file)));
      return 0;
    }),
};

/** The database knows nothing yet of what pending migrations do, so that all of it would be written a second time. */
function requireNoPending(names: readonly string[]): void {
  if (names.length === 0) return;
  throw new MigrationError(
    `${names.join(", ")} ${names.length === 1 ? "is" : "are"} not made yet, and a new migration would do the same once more. ` +
      "Run mortise migrate first, or remove what is not wanted.",
  );
}
