import { baseline } from "../../files/baseline.ts";
import { connectionOptions, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { newMigrationsFolder } from "../folders.ts";
import { withDatabase } from "../open-database.ts";

export const migrateBaseline: CommandDefinition = {
  name: "migrate:baseline",
  summary: "Begins with migrations on a database that is there: writes the first one, and marks it as made.",
  options: [
    { name: "name", kind: "text", value: "name", summary: "what the first one is called; baseline unless said" },
    {
      name: "to",
      kind: "text",
      value: "stamp",
      summary: "write nothing, and mark the migrations up to this one as made",
    },
    waitOption,
    ...connectionOptions,
  ],
  examples: ["mortise migrate:baseline", "mortise migrate:baseline --to 20260131"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db, migrations, connection, loaded, warn }) => {
      const directory = newMigrationsFolder(connection.migrations, loaded);
      const { marked, missing } = await baseline(db, {
        ...migrations,
        ...waitOf(given, connection.migrations),
        directory,
        name: given.text("name"),
        to: given.text("to"),
      });
      for (const name of missing) warn(`The migration does not make ${name}.`);
      for (const name of marked) terminal.print(`marked as made: ${name}`);
      return 0;
    }),
};
