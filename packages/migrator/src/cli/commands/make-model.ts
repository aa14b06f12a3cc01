import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { addModel } from "../../codegen/add-model.ts";
import { chooseConnection, type ChosenConnection } from "../../config/connection.ts";
import { inside } from "../../config/inside.ts";
import { loadConfig, type LoadedConfig } from "../../config/load-config.ts";
import { connectionOptions, type CommandDefinition, type Given } from "../command.ts";
import { newModel, type NewModel } from "../model-source.ts";
import { requireNew, writeNew, type NewFile } from "../new-file.ts";
import { newMigration } from "../new-migration.ts";

export const makeModel: CommandDefinition = {
  name: "make:model",
  summary: "Writes a model, and adds it to the schema file.",
  argument: { name: "name", summary: "User, BlogPost, or the pivot PostTag" },
  options: [
    { name: "migration", short: "m", kind: "flag", summary: "also write the migration that makes its table" },
    { name: "all", short: "a", kind: "flag", summary: "also write what belongs to it: the migration" },
    { name: "pivot", kind: "flag", summary: "the table between two models, with the keys of both" },
    ...connectionOptions,
  ],
  examples: ["mortise make:model User", "mortise make:model BlogPost -m", "mortise make:model PostTag --pivot"],
  async run(given, terminal) {
    const loaded = await loadConfig(terminal.cwd, given.text("config"));
    const connection = chooseConnection(loaded, given.text("connection"));
    const made = newModel(given.argument, given.flag("pivot"));
    const { directory = "src/models", extension = "ts" } = loaded.config.models ?? {};
    const path = join(inside(loaded.folder, directory), `${made.file}.${extension}`);
    const files = [{ path, text: made.source }, ...(await migrationFor(made, given, connection, loaded))];
    requireNew(files, terminal.cwd);
    const schema = await wired(made, path, connection, loaded);
    for (const file of files) await writeNew(file);
    if (schema !== undefined) await writeFile(schema.path, schema.text);
    for (const { path: written } of [...files, ...(schema === undefined ? [] : [schema])]) {
      terminal.print(relative(terminal.cwd, written));
    }
    if (schema === undefined)
      terminal.say(`Add ${made.key}: ${made.model} to your schema; the configuration names no file of it.`);
    return 0;
  },
};

async function migrationFor(
  { table, columns }: NewModel,
  given: Given,
  { migrations }: ChosenConnection,
  loaded: LoadedConfig,
): Promise<readonly NewFile[]> {
  if (!given.flag("migration") && !given.flag("all")) return [];
  return newMigration(`create_${table}_table`, { kind: "create", table }, migrations, loaded, columns);
}

/** The schema file with the model in it, when the configuration names one by its path. */
async function wired(
  { model, key }: NewModel,
  path: string,
  { schema }: ChosenConnection,
  { folder }: LoadedConfig,
): Promise<NewFile | undefined> {
  if (typeof schema !== "string") return undefined;
  const file = inside(folder, schema);
  if (!existsSync(file)) return undefined;
  const way = relative(dirname(file), path).split(sep).join("/");
  const from = way.startsWith(".") ? way : `./${way}`;
  return { path: file, text: await addModel(await readFile(file, "utf8"), file, { model, key, from }) };
}
