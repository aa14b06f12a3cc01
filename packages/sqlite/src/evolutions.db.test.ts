import { runEvolutions } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runEvolutions(target, {
  make: (table) => [
    `alter table ${table} add column extra_note text default 'kept' check (extra_note <> 'no')`,
    `create index extra_index on ${table} (id, extra_note)`,
    `create trigger extra_trigger after insert on ${table} begin update ${table} set extra_note = 'made' where id = new.id; end`,
    `create view extra_view as select id, extra_note from ${table}`,
  ],
  fingerprint: `select type, name, sql from sqlite_schema where name in ('extra_trigger', 'extra_view')
    union all select 'index', name, cid from pragma_index_xinfo('extra_index')
    union all select 'column', lower(t.type || dflt_value), "notnull" from sqlite_schema s join pragma_table_info(s.name) t
      where s.type = 'table' and t.name = 'extra_note'
    union all select 'check', '', '' from sqlite_schema where type = 'table' and sql like '%check%extra_note%<>%''no''%'
    union all select 'rows', extra_note, count(*) from extra_view group by extra_note order by 1, 2, 3`,
  count: 7,
});
