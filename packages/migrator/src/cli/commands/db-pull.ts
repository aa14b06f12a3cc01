import { relative, resolve } from "node:path";
import { inside } from "../../config/inside.ts";
import { pull } from "../../codegen/pull.ts";
import { connectionOptions, forceOption, jsonOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const dbPull: CommandDefinition = {
  name: "db:pull",
  summary: "Writes models, relations and a schema from the tables of the database.",
  options: [
    { name: "out", kind: "text", value: "folder", summary: "the folder for the files; that of the models unless said" },
    { name: "tables", kind: "list", value: "names", summary: "only these tables: users,posts" },
    {
      name: "naming",
      kind: "text",
      value: "style",
      choices: ["camel", "keep"],
      summary: "camel makes userId of user_id; keep keeps the names of the database",
    },
    { ...forceOption, summary: "replace files that are there" },
    jsonOption,
    ...connectionOptions,
  ],
  examples: ["mortise db:pull --out src/models", "mortise db:pull --tables users,posts --naming keep"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "database", async ({ db, loaded: { config, folder }, warn }) => {
      const asked = given.text("out");
      const models = inside(folder, config.models?.directory ?? "src/models");
      const tables = given.list("tables");
      const result = await pull(db, {
        out: asked === undefined ? models : resolve(terminal.cwd, asked),
        naming: given.text("naming") === "keep" ? "keep" : "camel",
        overwrite: given.flag("force"),
        ...(tables.length === 0 ? {} : { tables }),
      });
      if (given.flag("json")) terminal.print(JSON.stringify({ version: 1, ...result }, undefined, 2));
      else for (const file of result.files) terminal.print(relative(terminal.cwd, file));
      for (const { kind, table, name } of result.unmanaged) {
        warn(`left out: ${kind} ${table === undefined ? "" : `${table}.`}${name}`);
      }
      return 0;
    }),
};
