import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Project } from "./project.ts";

const project = new Project(["core", "migrator", "sqlite", "postgres"]);
afterAll(() => project.remove());

const sqlite = 'import { sqlite } from "@mortise/sqlite";\n';
const main = 'connections: { main: sqlite({ filename: "app.db" }) }';
const config = (body: string, head = sqlite): string => `${head}export default { ${body} };\n`;
const schema = `import { col, createSchema, defineModel } from "@mortise/core";
export const schema = createSchema({ users: defineModel("users", { columns: { id: col.increment() } }) });
`;

/** What is wrong, the files that make it so, the command, its exit code and the sentence. */
const table: readonly (readonly [string, Readonly<Record<string, string>>, string, number, RegExp])[] = [
  [
    "a command that is misspelt",
    {},
    "migrat:status",
    2,
    /Unknown command 'migrat:status'. Did you mean migrate:status\?/,
  ],
  ["a flag that is misspelt", {}, "migrate:diff --jsno", 2, /Unknown option '--jsno'. Did you mean --json\?/],
  ["a number that is none", {}, "migrate:rollback --step many", 2, /whole number, 1 or more/],
  ["a missing name", {}, "make:model", 2, /missing required argument 'name'/i],
  ["no configuration", {}, "migrate:diff", 1, /There is no mortise.config.ts in .* mortise setup/],
  ["nothing exported", { "mortise.config.ts": "export const a = 1;\n" }, "migrate:diff", 1, /exports no configuration/],
  [
    "a fault in TypeScript",
    { "mortise.config.ts": "export default {{;\n" },
    "migrate:diff",
    1,
    /mortise.config.ts" cannot be loaded/,
  ],
  [
    "an unknown key",
    { "mortise.config.ts": config(`${main}, migratoins: {}`) },
    "migrate:diff",
    1,
    /no setting "migratoins". Did you mean "migrations"\?/,
  ],
  [
    "an unknown key inside",
    { "mortise.config.ts": config(`${main}, migrations: { directori: "x" }`) },
    "migrate:diff",
    1,
    /"migrations.directori". Did you mean "directory"\?/,
  ],
  [
    "a value of another kind",
    { "mortise.config.ts": config(`${main}, migrations: { extension: "tsx" }`) },
    "migrate:diff",
    1,
    /"migrations.extension" must be "ts" or "js" or "sql"/,
  ],
  ["no connections", { "mortise.config.ts": config('schema: "s.ts"') }, "migrate:diff", 1, /"connections" is missing/],
  [
    "a connection that is no adapter",
    { "mortise.config.ts": config('connections: { main: "sqlite" }') },
    "migrate:diff",
    1,
    /"connections.main" must be an adapter/,
  ],
  [
    "a default that is missing",
    { "mortise.config.ts": config(`${main}, default: "mian"`) },
    "migrate:diff",
    1,
    /"default" is "mian".* Did you mean "main"\?/,
  ],
  [
    "an unknown connection",
    { "mortise.config.ts": config(main) },
    "migrate:status --connection man",
    1,
    /no connection "man". Did you mean "main"\?/,
  ],
  [
    "a package that is not installed",
    { "mortise.config.ts": config("connections: { main: mysql({}) }", 'import { mysql } from "@mortise/mysql";\n') },
    "migrate:diff",
    1,
    /needs the package "@mortise\/mysql", which is not installed. Install it: npm install @mortise\/mysql/,
  ],
  ["no schema said", { "mortise.config.ts": config(main) }, "migrate:diff", 1, /names no schema/],
  [
    "no schema file",
    { "mortise.config.ts": config(`${main}, schema: "nowhere.ts"`) },
    "migrate:diff",
    1,
    /nowhere.ts does not exist/,
  ],
  [
    "a schema file without one",
    { "mortise.config.ts": config(`${main}, schema: "schema.ts"`), "schema.ts": "export const shcema = 1;\n" },
    "migrate:diff",
    1,
    /exports no schema. It exports "shcema"/,
  ],
  [
    "a schema that is none",
    { "mortise.config.ts": config(`${main}, schema: "schema.ts"`), "schema.ts": "export const schema = {};\n" },
    "migrate:diff",
    1,
    /is not a schema. Make one with createSchema/,
  ],
  [
    "an unreachable server",
    {
      "mortise.config.ts": config(
        'schema: "schema.ts", connections: { main: postgres({ connectionString: "postgres://app:sesame@127.0.0.1:9/app" }) }',
        'import { postgres } from "@mortise/postgres";\n',
      ),
      "schema.ts": schema,
    },
    "migrate:diff",
    1,
    /127\.0\.0\.1/,
  ],
  [
    "no folder of migrations",
    { "mortise.config.ts": config(main) },
    "migrate",
    1,
    /folder of migrations .* cannot be read/,
  ],
  ["tables that would be dropped", { "mortise.config.ts": config(main) }, "db:wipe", 1, /--force/],
  ["a setup that was made", { "mortise.config.ts": config(main) }, "setup", 1, /mortise.config.ts is there already/],
  [
    "a model that is no name",
    { "mortise.config.ts": config(main) },
    "make:model ../../evil",
    1,
    /A model cannot be called/,
  ],
  [
    "two intents",
    { "mortise.config.ts": config(main) },
    "make:migration x --create a --table b",
    2,
    /--create or --table, not both/,
  ],
];

describe("what is wrong is one sentence, and nothing is written", () => {
  test.for(table)("%s", async ([name, files, line, code, sentence]) => {
    const folder = name.replaceAll(/\W+/g, "-");
    for (const [path, text] of Object.entries(files)) project.write(join(folder, path), text);
    project.write(join(folder, ".keep"), "");
    const ran = await project.in(folder).run(...line.split(" "));
    expect(ran.stderr).toMatch(sentence);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: "" });
    expect(ran.stderr).not.toMatch(/sesame|\n {4}at /);
    const left = readdirSync(join(project.folder, folder)).filter((file) => !file.startsWith("app.db"));
    expect(left.toSorted()).toEqual([".keep", ...Object.keys(files)].toSorted());
  });
});

test("an applied migration that was edited, and a file that comes late, are named", async () => {
  const inside = project.in("history");
  const migration = "create table a (id integer);\n";
  project.write("history/mortise.config.ts", config(main));
  project.write("history/migrations/20260102000000_a.sql", migration);
  expect((await inside.run("migrate")).code).toBe(0);
  project.write("history/migrations/20260101000000_late.sql", "create table b (id integer);\n");
  expect((await inside.run("migrate:status")).stderr).toMatch(
    /20260101000000_late is pending, and comes before one that is made/,
  );
  project.write("history/migrations/20260102000000_a.sql", `${migration}-- edited\n`);
  const ran = await inside.run("migrate");
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/edited afterwards: 20260102000000_a/);
  const status = await inside.run("migrate:status", "--json");
  expect(JSON.parse(status.stdout)).toMatchObject({
    version: 1,
    pending: ["20260101000000_late"],
    edited: ["20260102000000_a"],
  });
});
