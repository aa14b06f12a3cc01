import { list } from "../../files/migrate.ts";
import { connectionOptions, jsonOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const migrateList: CommandDefinition = {
  name: "migrate:list",
  summary: "Lists the migrations that are made, as the database remembers them.",
  options: [jsonOption, ...connectionOptions],
  examples: ["mortise migrate:list", "mortise migrate:list --json"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db, migrations: { tableName, schemaName } }) => {
      const made = await list(db, { tableName, schemaName });
      if (given.flag("json")) {
        const entries = made.map(({ name, batch, madeAt }) => ({ name, batch, madeAt }));
        terminal.print(JSON.stringify({ version: 1, applied: entries }, undefined, 2));
      } else terminal.print(made.length === 0 ? "no migrations" : made.map(({ name }) => name).join("\n"));
      return 0;
    }),
};
