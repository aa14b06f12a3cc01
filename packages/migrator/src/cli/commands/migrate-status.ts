import { status } from "../../files/migrate.ts";
import { connectionOptions, jsonOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { rows } from "../rows.ts";

export const migrateStatus: CommandDefinition = {
  name: "migrate:status",
  summary: "Lists the migrations that are made and those that are not.",
  options: [jsonOption, ...connectionOptions],
  examples: ["mortise migrate:status", "mortise migrate:status --json"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db, migrations, warn }) => {
      const { applied, pending, outOfOrder, missing, edited } = await status(db, migrations);
      if (given.flag("json")) {
        const made = applied.map(({ name, batch, madeAt }) => ({ name, batch, madeAt }));
        const names = pending.map(({ name }) => name);
        terminal.print(
          JSON.stringify({ version: 1, applied: made, pending: names, outOfOrder, missing, edited }, undefined, 2),
        );
        return 0;
      }
      const lines = [
        ...applied.map(({ name, batch, madeAt }) => ["made", `batch ${batch}`, madeAt, name]),
        ...pending.map(({ name }) => ["pending", "", "", name]),
      ];
      terminal.print(lines.length === 0 ? "no migrations" : rows(lines));
      for (const name of edited) warn(`${name} was edited after it was made.`);
      for (const name of missing) warn(`${name} is made, and its file is gone.`);
      for (const name of outOfOrder) warn(`${name} is pending, and comes before one that is made.`);
      return 0;
    }),
};
