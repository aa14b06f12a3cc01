import { squash } from "../../files/squash.ts";
import { confirmLoss } from "../confirm-loss.ts";
import { connectionOptions, forceOption, waitOf, waitOption, type CommandDefinition } from "../command.ts";
import { newMigrationsFolder } from "../folders.ts";
import { withDatabase } from "../open-database.ts";

export const migrateSquash: CommandDefinition = {
  name: "migrate:squash",
  summary: "Makes one migration of all that are made, and removes their files.",
  options: [
    { name: "name", kind: "text", value: "name", summary: "what the one is called; squashed unless said" },
    waitOption,
    forceOption,
    ...connectionOptions,
  ],
  examples: ["mortise migrate:squash", "mortise migrate:squash --name everything --force"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async (open) => {
      await confirmLoss("removes the files of every migration", open, given, terminal);
      const directory = newMigrationsFolder(open.connection.migrations, open.loaded);
      const options = { ...open.migrations, ...waitOf(given, open.connection.migrations), directory };
      const { file, replaced } = await squash(open.db, { ...options, name: given.text("name") });
      terminal.print(`${file} takes the place of ${replaced.length} migrations`);
      return 0;
    }),
};
