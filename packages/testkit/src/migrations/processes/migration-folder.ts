import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A table that is there before the migrations: what reads it can be made to wait. */
export const gateTable = "gate";

export function migrationName(at: number): string {
  return `2026${String(at).padStart(4, "0")}_step`;
}

/** The files of one migration: `[ending, text]`. */
type Files = readonly (readonly [ending: string, text: string])[];

const sql = (up: readonly string[], down: readonly string[]): Files => [
  [".sql", `${up.join(";\n")};\n`],
  [".down.sql", `${down.join(";\n")};\n`],
];

const module = (up: readonly string[], down: readonly string[]): Files => [
  [
    ".ts",
    `import { defineMigration } from "@mortise/migrator";\n\nexport default defineMigration({\n  acknowledge: ["drop-column"],\n  up(schema) {\n${up.join("\n")}\n  },\n  down(schema) {\n${down.join("\n")}\n  },\n});\n`,
  ],
];

/** What only the last migration of a kind does too: each statement costs three processes. */
const also = (isLast: boolean, ...texts: readonly string[]): readonly string[] => (isLast ? texts : []);

/** Rows are copied from the table that is there, since a copy takes its time and can be made to wait. */
const copied = (into: string, from: number): string =>
  `insert into ${into} (id, name, spare) select id + ${from}, name, 'x' from ${gateTable}`;

/** What each of five migrations in turn does: tables, columns, indexes and rows, as SQL and by the schema builder. */
const kinds: readonly ((group: number, isLast: boolean) => Files)[] = [
  (group) =>
    sql(
      [`create table copy_${group} as select id, name, name as spare from ${gateTable}`],
      [`drop table copy_${group}`],
    ),
  (group) =>
    sql(
      [`alter table copy_${group} add column more int`, copied(`copy_${group}`, 1_000_000)],
      [`delete from copy_${group} where id > 1000000`, `alter table copy_${group} drop column more`],
    ),
  (group, isLast) =>
    module(
      [
        `    schema.createTable("made_${group}", (table) => {
      table.increments("id");
      table.string("name", 20)${also(isLast, ".index()").join("")};
      table.integer("other_id");
      table.text("note");
    });
    schema.table("copy_${group}", (table) => {
      table.integer("age").notNullable().defaultTo(0);`,
        ...also(isLast, `      table.index(["name", "age"], "copy_${group}_name_age");`),
        "    });",
      ],
      [
        `    schema.table("copy_${group}", (table) => {`,
        ...also(isLast, `      table.dropIndex(["name", "age"], "copy_${group}_name_age");`),
        `      table.dropColumn("age");
    });
    schema.dropTable("made_${group}");`,
      ],
    ),
  (group, isLast) =>
    sql(
      [
        copied(`copy_${group}`, 2_000_000),
        `create table kept_${group} (id int not null primary key, name varchar(20))`,
        ...also(
          isLast,
          `create index kept_${group}_name on kept_${group} (name)`,
          `alter table copy_${group} drop column spare`,
        ),
      ],
      [
        ...also(isLast, `alter table copy_${group} add column spare varchar(20)`),
        `drop table kept_${group}`,
        `delete from copy_${group} where id > 2000000`,
      ],
    ),
  (group, isLast) =>
    module(
      [
        `    schema.table("copy_${group}", (table) => {
      table.renameColumn("name", "title");
    });
    schema.renameTable("made_${group}", "named_${group}");`,
        ...also(
          isLast,
          `    schema.table("named_${group}", (table) => {
      table.integer("other_id").notNullable().defaultTo(1).alter();
      table.dropColumn("note");
    });`,
        ),
      ],
      [
        ...also(
          isLast,
          `    schema.table("named_${group}", (table) => {
      table.integer("other_id").nullable().alter();
      table.text("note");
    });`,
        ),
        `    schema.renameTable("named_${group}", "made_${group}");
    schema.table("copy_${group}", (table) => {
      table.renameColumn("title", "name");
    });`,
      ],
    ),
];

/** Writes so many migrations, each of which fails when it is made twice, and gives their names in order. */
export async function writeMigrations(folder: string, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = migrationName(at);
    const files = kinds[at % kinds.length]?.(Math.floor(at / kinds.length), at + kinds.length >= count) ?? [];
    for (const [ending, text] of files) await writeFile(join(folder, `${name}${ending}`), text);
    names.push(name);
  }
  return names;
}
