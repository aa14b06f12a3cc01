/** What a new migration is for: to make a table, to change one, or neither. */
export type Intent =
  | { readonly kind: "create"; readonly table: string }
  | { readonly kind: "change"; readonly table: string }
  | { readonly kind: "blank" };

/** The intent as the name tells it: `create_users_table`, `add_age_to_users`, `remove_age_from_users`. */
export function intentOf(name: string): Intent {
  const created = /^create_(\w+?)(?:_table)?$/.exec(name)?.[1];
  if (created !== undefined) return { kind: "create", table: created };
  const changed = /^(?:add|remove|drop|rename|change|alter|update)_\w+?_(?:to|from|in|on|of)_(\w+?)(?:_table)?$/.exec(
    name,
  )?.[1];
  if (changed !== undefined) return { kind: "change", table: changed };
  const altered = /^(?:alter|change|update)_(\w+?)(?:_table)?$/.exec(name)?.[1];
  return altered === undefined ? { kind: "blank" } : { kind: "change", table: altered };
}

/** The migration as a module. Names are literals, whatever is in them. */
export function migrationSource(intent: Intent, lines: readonly string[] = []): string {
  const [up, down] = bodies(intent, lines);
  return [
    'import { defineMigration } from "@mortise/migrator";',
    "",
    "export default defineMigration({",
    ...method("up", up),
    ...method("down", down),
    "});",
    "",
  ].join("\n");
}

type Body = readonly string[];

function bodies(intent: Intent, lines: readonly string[]): readonly [Body, Body] {
  if (intent.kind === "blank") return [[], []];
  const table = JSON.stringify(intent.table);
  if (intent.kind === "change")
    return [
      [`schema.table(${table}, (table) => {`, "});"],
      [`schema.table(${table}, (table) => {`, "});"],
    ];
  const columns = lines.length > 0 ? lines : ['table.increments("id");', "table.timestamps();"];
  return [
    [`schema.createTable(${table}, (table) => {`, ...columns.map((line) => `  ${line}`), "});"],
    [`schema.dropTable(${table});`],
  ];
}

function method(name: string, body: Body): readonly string[] {
  if (body.length === 0) return [`  ${name}(schema) {},`];
  return [`  ${name}(schema) {`, ...body.map((line) => `    ${line}`), "  },"];
}

/** A pair of SQL files. */
export function sqlSources(intent: Intent): readonly [up: string, down: string] {
  const what = intent.kind === "blank" ? "" : ` of ${intent.table.replaceAll(/[\r\n]+/g, " ")}`;
  return [`-- the statements${what}, each ended by a semicolon\n`, "-- their way back\n"];
}
