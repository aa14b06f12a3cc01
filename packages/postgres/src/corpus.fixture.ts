import { randomUUID } from "node:crypto";
import type { CorpusDatabase, Fingerprint } from "@mortise/testkit";
import { Client } from "pg";
import { postgres } from "./index.ts";
import { administer, type Server } from "./servers.fixture.ts";

/** A database of its own. */
export async function openCorpusDatabase({ url }: Server): Promise<CorpusDatabase> {
  const name = `mortise_corpus_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    adapter: () => postgres({ connectionString: own.href, pool: { max: 1 } }),
    load: async (script) => {
      const client = new Client({ connectionString: own.href });
      await client.connect();
      try {
        await client.query(script);
      } finally {
        await client.end();
      }
    },
    fingerprint: () => fingerprintOf(own.href),
    remove: async () => void (await administer(url, `drop database ${name} with (force)`)),
  };
}

/**
 * By the server's own words for each thing. How a column counts, by a sequence or as an identity, is the same to a schema; so is whether a
 * table is partitioned.
 */
const queries = [
  `select c.relname, format('column %s %s %s%s default %s collate %s comment %s', a.attnum, a.attname,
     format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
     case when a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\(' then 'counted'
          else a.attgenerated::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '-') end,
     (select l.collname from pg_collation l where l.oid = a.attcollation), col_description(c.oid, a.attnum))
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum`,
  `select c.relname, format('constraint %s %s', x.conname, pg_get_constraintdef(x.oid))
   from pg_class c join pg_constraint x on x.conrelid = c.oid and x.contype <> 'n' and x.contype <> 't'`,
  `select c.relname, 'index ' || replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') from pg_class c join pg_index x on x.indrelid = c.oid
     and not exists (select from pg_constraint y where y.conindid = x.indexrelid and y.contype in ('p', 'u', 'x'))`,
  `select c.relname, format('table comment %s', obj_description(c.oid, 'pg_class')) from pg_class c`,
];

async function fingerprintOf(url: string): Promise<Fingerprint> {
  const where = " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition";
  const lines: Record<string, string[]> = {};
  for (const query of queries) {
    for (const [table, line] of await administer(url, query + where)) (lines[String(table)] ??= []).push(String(line));
  }
  const labels = await administer(
    url,
    `select t.typname, string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_type t join pg_enum e on e.enumtypid = t.oid group by 1`,
  );
  return { ...lines, "(types)": labels.map((row) => row.join(": ")) };
}
