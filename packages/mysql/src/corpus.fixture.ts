import { splitScript } from "@mortise/sql";
import type { CorpusDatabase, Fingerprint } from "@mortise/testkit";
import { administer, openTestDatabase } from "./test-database.fixture.ts";

const rules = { backslashes: true, hashComments: true, dollarQuotes: false };

/** A database of its own, in the collation that a new server has. */
export async function openCorpusDatabase(server: { readonly url: string }): Promise<CorpusDatabase> {
  const database = await openTestDatabase(server, { max: 1 });
  return {
    adapter: () => database.adapter(),
    load: async (script) =>
      void (await administer(database.url, "set foreign_key_checks = 0", ...statementsOf(script))),
    fingerprint: () => fingerprintOf(database.url),
    remove: () => database.remove(),
  };
}

/** The statements of a script for the shell, whose `DELIMITER` says what ends them. Rows are left out: they take minutes and no part in this. */
function statementsOf(script: string): readonly string[] {
  const [first = "", ...others] = script.split(/^delimiter /gim);
  const rest = others.flatMap((part) => {
    const end = part.indexOf("\n");
    const mark = part.slice(0, end).trim();
    const text = part.slice(end + 1);
    return mark === ";" ? splitScript(text, rules) : text.split(mark);
  });
  return [...splitScript(first, rules), ...rest].filter(
    (statement) =>
      statement.trim() !== "" &&
      !/^\s*(insert|use|(create|drop) (database|schema))\b/i.test(
        statement.replaceAll(/^\s*--.*$|\/\*[^!][^]*?\*\//gm, ""),
      ),
  );
}

/** By the server's catalogue and its own words. */
const queries = [
  `select table_name, concat_ws(' ', 'column', ordinal_position, column_name, column_type, is_nullable, quote(column_default), extra, collation_name,
     generation_expression, column_comment) from information_schema.columns where table_schema = database()`,
  `select table_name, concat_ws(' ', 'index', index_name, non_unique, seq_in_index, column_name, collation, sub_part, index_type)
   from information_schema.statistics where table_schema = database()`,
  `select k.table_name, concat_ws(' ', 'key', k.constraint_name, k.ordinal_position, k.column_name, k.referenced_table_name, k.referenced_column_name,
     r.delete_rule, r.update_rule) from information_schema.key_column_usage k join information_schema.referential_constraints r
     on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
     where k.table_schema = database() and k.referenced_table_name is not null`,
  `select table_name, concat_ws(' ', 'table', engine, table_collation, table_comment) from information_schema.tables
   where table_schema = database() and table_type = 'BASE TABLE'`,
];

async function fingerprintOf(url: string): Promise<Fingerprint> {
  const tables = new Set(
    (
      await administer(
        url,
        "select table_name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'",
      )
    ).map(String),
  );
  const lines: Record<string, string[]> = {};
  for (const query of queries) {
    for (const [table, line] of await administer(url, query)) {
      if (tables.has(String(table))) (lines[String(table)] ??= []).push(String(line));
    }
  }
  for (const table of tables) {
    const [[, create] = []] = await administer(url, `show create table \`${table}\``);
    for (const line of String(create).split("\n")) {
      // A check of a column is one of the table under the column's name.
      const check = /`([^`]+)`.* CHECK (\(.*\))/.exec(line);
      if (check !== null) (lines[table] ??= []).push(`check ${check[1]} ${check[2]}`);
      else if (line.includes(" KEY ")) (lines[table] ??= []).push(line.trim().replace(/,$/, ""));
    }
  }
  return lines;
}
