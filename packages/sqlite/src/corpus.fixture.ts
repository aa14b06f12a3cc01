import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CorpusDatabase, Fingerprint } from "@mortise/testkit";
import Database from "better-sqlite3";
import { sqlite } from "./index.ts";

/** A file of its own. */
export async function openCorpusDatabase(): Promise<CorpusDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "mortise-corpus-"));
  const filename = join(folder, "corpus.db");
  return {
    adapter: () => sqlite({ filename }),
    load: async (script) => {
      const database = new Database(filename);
      database.pragma("foreign_keys = off");
      database.exec(`begin; ${script}; commit`);
      database.close();
    },
    fingerprint: async () => {
      const database = new Database(filename, { readonly: true });
      try {
        return fingerprintOf(database);
      } finally {
        database.close();
      }
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the pragmas tell (`default null` is no default), and of the checks, which they do not, what is left of the statement without spaces, quotes and capitals. */
function fingerprintOf(database: Database.Database): Fingerprint {
  const rows = (text: string, ...values: readonly string[]): readonly string[] =>
    database
      .prepare(text)
      .raw()
      .all(...values)
      .map((row) => JSON.stringify(row));
  const tables = database
    .prepare(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'",
    )
    .pluck()
    .all()
    .map(String);
  return Object.fromEntries(
    tables.map((table) => [
      table,
      [
        ...rows(
          `select 'column', cid, name, type, "notnull" or pk > 0, case upper(dflt_value) when 'NULL' then null else dflt_value end, pk, hidden from pragma_table_xinfo(?)`,
          table,
        ),
        ...rows(
          `select 'key', "table", (select group_concat("from" || '>' || coalesce("to", '') , ',') from (select * from pragma_foreign_key_list(?) i where i.id = o.id order by seq)),
             on_update, on_delete from pragma_foreign_key_list(?) o where seq = 0`,
          table,
          table,
        ),
        ...rows(
          `select 'index', case when l.origin = 'c' and l."unique" = 0 then l.name end, l."unique", l.partial,
             (select group_concat(coalesce(x.name, '?') || x."desc" || x.coll, ',') from pragma_index_xinfo(l.name) x where x.key),
             case when l.partial then (select lower(replace(replace(sql, '"', ''), ' ', '')) from sqlite_schema s where s.name = l.name) end
           from pragma_index_list(?) l where l.origin <> 'pk'`,
          table,
        ),
        ...rows("select 'options', wr, strict from pragma_table_list where name = ?", table),
        ...checksOf(String(database.prepare("select sql from sqlite_schema where name = ?").pluck().get(table))),
      ],
    ]),
  );
}

function checksOf(create: string): readonly string[] {
  const text = create.replaceAll(/\s+/g, " ");
  return [...text.matchAll(/\bcheck\s*\(/gi)].map(({ index, 0: { length } }) => {
    let depth = 1;
    let end = index + length;
    for (; depth > 0 && end < text.length; end += 1) depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
    return `check ${text
      .slice(index + length, end - 1)
      .toLowerCase()
      .replaceAll(/[\s"`[\]()]/g, "")}`;
  });
}
