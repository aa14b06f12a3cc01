import { runEvolutions } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runEvolutions(targetOn(server), {
    make: (table) => [
      `alter table ${table} add column extra_note varchar(20) default 'kept'`,
      `alter table ${table} add constraint extra_check check (extra_note <> 'no')`,
      `create index extra_index on ${table} (extra_note, id)`,
      `create trigger extra_trigger before insert on ${table} for each row set new.extra_note = 'made'`,
      `create view extra_view as select id, extra_note from ${table}`,
    ],
    fingerprint: `select constraint_name as name, check_clause as text from information_schema.check_constraints
        where constraint_schema = database() and constraint_name = 'extra_check'
      union all select index_name, group_concat(column_name order by seq_in_index) from information_schema.statistics
        where table_schema = database() and index_name = 'extra_index' group by index_name
      union all select trigger_name, action_statement from information_schema.triggers where trigger_schema = database()
      union all select table_name, view_definition from information_schema.views where table_schema = database()
      union all select column_name, column_type from information_schema.columns
        where table_schema = database() and column_name = 'extra_note'
      union all select 'rows', concat(extra_note, ' ', count(*)) from extra_view group by extra_note order by 1, 2`,
    count: 6,
  }),
);
