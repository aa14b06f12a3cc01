import { runEvolutions } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runEvolutions(targetOn(server), {
    make: (table) => [
      `alter table ${table} add column extra_note varchar(20) default 'kept'`,
      `alter table ${table} add constraint extra_check check (extra_note <> 'no')`,
      `create index extra_index on ${table} (extra_note, id) where id > 0`,
      "create function extra_function() returns trigger language plpgsql as 'begin new.extra_note = ''made''; return new; end'",
      `create trigger extra_trigger before insert on ${table} for each row execute function extra_function()`,
      `create view extra_view as select id, extra_note from ${table}`,
    ],
    fingerprint: `select conname as name, pg_get_constraintdef(oid) as text from pg_constraint
        where conname = 'extra_check' and connamespace = current_schema::regnamespace
      union all select relname, coalesce(pg_get_indexdef(oid), '') from pg_class
        where relname = 'extra_index' and relnamespace = current_schema::regnamespace
      union all select tgname, pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = tgrelid
        where tgname = 'extra_trigger' and relnamespace = current_schema::regnamespace
      union all select viewname, definition from pg_views where viewname = 'extra_view' and schemaname = current_schema
      union all select attname, format_type(atttypid, atttypmod) from pg_attribute join pg_class c on c.oid = attrelid
        where attname = 'extra_note' and relkind = 'r' and relnamespace = current_schema::regnamespace
      union all select 'rows', extra_note || ' ' || count(*) from extra_view group by extra_note order by 1, 2`,
    count: 5,
  }),
);
