import { commands } from "../packages/migrator/src/cli/commands.ts";
import type { CommandDefinition, CommandOption } from "../packages/migrator/src/cli/command.ts";
import { table } from "./table.ts";

const introduction = `# The command line

This page is made by \`docs/cli.ts\` from the definitions of the commands; do not edit it.

\`mortise\` comes with \`@mortise/migrator\`. \`mortise setup\` writes a configuration, an empty schema, the folders and a sample
\`.env\`; then:

\`\`\`sh
mortise make:model User               # src/models/user.ts, and its line in src/schema.ts
mortise migrate:generate add_users    # what separates the database from the schema, as a migration
mortise migrate                       # makes it
mortise migrate:diff                  # no differences
\`\`\`

## The configuration

\`mortise.config.ts\`, \`.js\` or \`.mjs\`, in the folder of the command or above it. It is loaded as it lies there, without a build
step, and so are the schema, the models and the migrations; imports may leave out the extension or say \`.js\` for a \`.ts\` file.
A \`.env\` beside it is read first; what the environment says already wins.

\`\`\`ts
import { defineConfig } from "@mortise/migrator";
import { sqlite } from "@mortise/sqlite";

export default defineConfig({
  schema: "src/schema.ts",
  default: "main",
  connections: {
    main: sqlite({ filename: "app.db" }),
    test: {
      adapter: () => sqlite({ filename: ":memory:" }),
      migrations: { tableName: "test_migrations" },
    },
  },
  migrations: { directory: "migrations" },
});
\`\`\`

`;

const settings: readonly (readonly [string, string])[] = [
  ["`schema`", "the path of a file that exports `schema`, a schema, or a function that imports one"],
  [
    "`connections`",
    "by name: an adapter, a function that gives one, or `{ adapter, schema, migrations }`, whose settings win",
  ],
  ["`default`", "the connection of commands without `--connection`; a single one needs none"],
  ["`migrations.directory`", "a folder, or several, of which new migrations go into the first; `migrations`"],
  ["`migrations.tableName`", "the table that remembers which are made; `mortise_migrations`"],
  ["`migrations.schemaName`", "its namespace: a schema of PostgreSQL, a database of MySQL; the connection's own"],
  ["`migrations.extension`", "of new ones: `ts`, `js`, or `sql` for pairs of SQL files"],
  ["`migrations.loadExtensions`", "the endings of files that count; all that can be loaded"],
  ["`migrations.sortDirsSeparately`", "makes all of one folder before the next one"],
  ["`migrations.stub`", "a template for `make:migration`, with `{{name}}` and `{{table}}`"],
  ["`migrations.lockTimeout`", "how many milliseconds a run waits for another migrator, and for each lock on a table"],
  ["`migrations.online`", "makes changes, and writes new migrations, so that others read and write meanwhile"],
  ["`models`", "`directory` and `extension` of new models; the folder `models` in `src`, and `ts`"],
  ["`seeds`, `factories`", "the same for seeders and factories"],
  ["`log`", "`debug`, `warn`, `error`, `deprecate`: functions that are told, instead of the standard error stream"],
  ["`debug`", "tells every statement, as `--debug` does"],
];

const rules = `
A key that is not known, a missing schema, a package that is not installed: each is one sentence, before anything connects.

## How commands behave

- The result is on standard output, the talk on the standard error stream. \`--json\` prints JSON with a \`version\`.
- The exit code is 0 when all is well, 1 for a failure, or a difference under \`--check\`, and 2 when the line was not understood.
- Questions are asked where standard input and output are a terminal, and never elsewhere.
- **Renames are asked for, not guessed.** When something is not in the schema any more and something like it is new, \`migrate:generate\`
  and \`db:push\` ask; without a terminal they fail and name \`--rename users.name:full_name\` and \`--keep users.name\`.
- **What loses values is asked for, with the rows concerned**; without a terminal it takes \`--acknowledge drop-column:users.name\`.
- **What drops tables asks for the name of the database**; without a terminal it takes \`--force\`.
- \`NO_COLOR\` takes the colours away. \`--debug\` shows statements, and the stack of an error. Passwords are never shown.

## Commands

`;

/** The page `docs/cli.md`. */
export function cliPage(): string {
  const overview = table([
    ["command", "what it does"],
    ...commands.map(({ name, summary }) => [`\`${name}\``, summary]),
  ]);
  return [
    introduction,
    table([["key", "what it says"], ...settings]),
    rules,
    overview,
    ...commands.map(commandSection),
  ].join("");
}

function commandSection({ name, argument, summary, options, examples }: CommandDefinition): string {
  const rows = options.map((option) => [`\`${flagOf(option)}\``, option.summary]);
  return [
    `\n### ${name}${argument === undefined ? "" : ` \\<${argument.name}\\>`}\n\n${summary}\n\n`,
    rows.length === 0 ? "" : table([["option", "what it does"], ...rows]),
    `\n\`\`\`sh\n${examples.join("\n")}\n\`\`\`\n`,
  ].join("");
}

function flagOf({ name, short, kind, value = "value", choices }: CommandOption): string {
  const taken = choices === undefined ? `<${value}>` : choices.join(", ");
  return `${short === undefined ? "" : `-${short}, `}--${name}${kind === "flag" ? "" : ` ${taken}`}`;
}
