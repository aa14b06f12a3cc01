import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { configError } from "../../config/config-error.ts";
import type { CommandDefinition } from "../command.ts";
import { drivers, type Driver } from "../drivers.ts";
import { requireNew, writeNew, type NewFile } from "../new-file.ts";

export const setup: CommandDefinition = {
  name: "setup",
  summary: "Writes a configuration, the folders, an empty schema and a sample .env.",
  options: [
    {
      name: "driver",
      kind: "text",
      value: "driver",
      choices: Object.keys(drivers),
      summary: "the database; asked where somebody can be, else sqlite",
    },
    { name: "js", kind: "flag", summary: "JavaScript instead of TypeScript" },
    { name: "debug", kind: "flag", summary: "tell the stack of an error" },
  ],
  examples: ["mortise setup", "mortise setup --driver postgres"],
  async run(given, terminal) {
    const extension = given.flag("js") ? "js" : "ts";
    const there = ["ts", "js", "mjs"]
      .map((end) => `mortise.config.${end}`)
      .find((name) => existsSync(join(terminal.cwd, name)));
    if (there !== undefined) throw configError(`${there} is there already, so nothing was written.`);
    const asked = given.text("driver");
    const choices = Object.entries(drivers).map(([value, { label }]) => ({ value, label }));
    const name = asked ?? (terminal.interactive ? await terminal.ask.select("Which database?", choices) : "sqlite");
    const driver = drivers[name];
    if (driver === undefined) throw configError(`There is no driver "${name}".`);
    const files = filesOf(name, driver, extension, terminal.cwd).filter(
      ({ path }) => path.includes("mortise.config") || !existsSync(path),
    );
    requireNew(files, terminal.cwd);
    for (const file of files) await writeNew(file);
    for (const folder of ["migrations", "src/models"]) await mkdir(join(terminal.cwd, folder), { recursive: true });
    for (const { path } of files) terminal.print(relative(terminal.cwd, path));
    const missing = ["@mortise/core", driver.package].filter((one) => !isInstalled(one, terminal.cwd));
    if (missing.length > 0) terminal.say(`Install what it needs: npm install ${missing.join(" ")}`);
    terminal.say("Then: mortise make:model User, mortise migrate:generate add_users, mortise migrate");
    return 0;
  },
};

/** A schema or sample that is there stays as it is. */
function filesOf(name: string, driver: Driver, extension: string, cwd: string): readonly NewFile[] {
  const file = (path: string, lines: readonly string[]) => ({ path: join(cwd, path), text: `${lines.join("\n")}\n` });
  return [
    file(`mortise.config.${extension}`, configLines(name, driver, extension)),
    file(`src/schema.${extension}`, [
      'import { createSchema } from "@mortise/core";',
      "",
      "/** The one file that imports every model. */",
      "export const schema = createSchema({});",
    ]),
    file(".env.example", ["# Copy it to .env, which belongs into no version control.", ...driver.env]),
  ];
}

function configLines(name: string, driver: Driver, extension: string): readonly string[] {
  const folders =
    extension === "js"
      ? [
          '  migrations: { directory: "migrations", extension: "js" },',
          '  models: { directory: "src/models", extension: "js" },',
        ]
      : ['  migrations: { directory: "migrations" },', '  models: { directory: "src/models" },'];
  return [
    'import { defineConfig } from "@mortise/migrator";',
    `import { ${name} } from "${driver.package}";`,
    "",
    "const { env } = process;",
    "",
    "export default defineConfig({",
    `  schema: "src/schema.${extension}",`,
    '  default: "main",',
    "  connections: {",
    "    main: () =>",
    `      ${driver.connection},`,
    "  },",
    ...folders,
    "});",
  ];
}

function isInstalled(name: string, cwd: string): boolean {
  const folders = createRequire(join(cwd, "package.json")).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name)));
}
