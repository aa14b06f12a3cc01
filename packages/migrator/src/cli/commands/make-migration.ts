import { relative } from "node:path";
import { chooseConnection } from "../../config/connection.ts";
import { loadConfig } from "../../config/load-config.ts";
import { slugOf } from "../../files/migration-name.ts";
import { connectionOptions, UsageError, type CommandDefinition, type Given } from "../command.ts";
import { intentOf, type Intent } from "../migration-intent.ts";
import { requireNew, writeNew } from "../new-file.ts";
import { newMigration } from "../new-migration.ts";

export const makeMigration: CommandDefinition = {
  name: "make:migration",
  summary: "Writes a blank migration; what it is for is told by its name or by an option.",
  argument: { name: "name", summary: "create_users_table, add_age_to_users, or any other" },
  options: [
    { name: "create", kind: "text", value: "table", summary: "it makes this table" },
    { name: "table", kind: "text", value: "table", summary: "it changes this table" },
    ...connectionOptions,
  ],
  examples: ["mortise make:migration create_users_table", "mortise make:migration ages --table users"],
  async run(given, terminal) {
    const loaded = await loadConfig(terminal.cwd, given.text("config"));
    const { migrations } = chooseConnection(loaded, given.text("connection"));
    const files = await newMigration(given.argument, wanted(given), migrations, loaded);
    requireNew(files, terminal.cwd);
    for (const file of files) await writeNew(file);
    for (const { path } of files) terminal.print(relative(terminal.cwd, path));
    return 0;
  },
};

function wanted(given: Given): Intent {
  const [create, change] = [given.text("create"), given.text("table")];
  if (create !== undefined && change !== undefined)
    throw new UsageError("A migration has --create or --table, not both.");
  if (create !== undefined) return { kind: "create", table: create };
  return change === undefined ? intentOf(slugOf(given.argument)) : { kind: "change", table: change };
}
