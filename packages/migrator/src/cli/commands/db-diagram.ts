import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { chooseConnection, schemaOfConnection } from "../../config/connection.ts";
import { configError } from "../../config/config-error.ts";
import { loadConfig } from "../../config/load-config.ts";
import { diagram } from "../../diagram/diagram.ts";
import { connectionOptions, type CommandDefinition } from "../command.ts";

export const dbDiagram: CommandDefinition = {
  name: "db:diagram",
  summary: "Draws the tables of the schema and the keys between them; no database is asked.",
  options: [
    {
      name: "format",
      kind: "text",
      value: "format",
      choices: ["mermaid", "svg"],
      summary: "Mermaid text, unless said, or an SVG picture",
    },
    { name: "out", kind: "text", value: "file", summary: "the file to write; standard output unless said" },
    ...connectionOptions,
  ],
  examples: ["mortise db:diagram", "mortise db:diagram --format svg --out schema.svg"],
  async run(given, terminal) {
    const loaded = await loadConfig(terminal.cwd, given.text("config"));
    terminal.enter(loaded.folder);
    const schema = await schemaOfConnection(chooseConnection(loaded, given.text("connection")), loaded);
    if (schema === undefined) throw configError(`${loaded.file} names no schema to draw.`);
    const drawn = await diagram(schema, { format: given.text("format") === "svg" ? "svg" : "mermaid" });
    const out = given.text("out");
    if (out === undefined) terminal.print(drawn);
    else await writeFile(resolve(terminal.cwd, out), drawn);
    return 0;
  },
};
