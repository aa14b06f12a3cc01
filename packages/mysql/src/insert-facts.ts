import type { InsertFacts, ModelInfo } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import { quoteText } from "./spelling.ts";

/**
 * Asks whether a table stores rows as they are given. A trigger could change them, and only who may make triggers sees whether there is
 * one. One statement counts its keys upwards, a fixed distance apart, in InnoDB only
 * (https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html, "simple inserts").
 */
export function insertFactsQuery({ table, options }: ModelInfo): CompiledSql {
  const schema = options.schema === undefined ? "database()" : quoteText(options.schema);
  const name = quoteText(table);
  const grantee = `concat('''', replace(current_user(), '@', '''@'''), '''')`;
  const mayTrigger = `grantee = ${grantee} and privilege_type = 'TRIGGER'`;
  const sql = `select
    (select count(*) from information_schema.triggers where event_object_schema = ${schema} and event_object_table = ${name}
      and event_manipulation = 'INSERT' and action_timing = 'BEFORE') = 0
    and ((select count(*) from information_schema.user_privileges where ${mayTrigger})
      + (select count(*) from information_schema.schema_privileges where ${mayTrigger} and ${schema} like table_schema)) > 0
    and (select count(*) from information_schema.tables where table_schema = ${schema} and table_name = ${name}
      and table_type = 'BASE TABLE' and engine = 'InnoDB') = 1,
    @@auto_increment_increment,
    (select json_arrayagg(column_name) from information_schema.columns where table_schema = ${schema} and table_name = ${name}
      and (column_default is not null and column_default <> 'NULL' or extra like '%GENERATED%'))`;
  return { sql, binds: [], access: "read", namedColumns: false, untyped: [], exactIntegers: false, reusable: false };
}

/** The facts as the one row of the query has them. */
export function insertFactsOf([row]: readonly (readonly unknown[])[]): InsertFacts | undefined {
  const [isAsGiven, step, filled] = row ?? [];
  if (Number(isAsGiven) !== 1) return undefined;
  const names: unknown = typeof filled === "string" ? JSON.parse(filled) : [];
  return { step: Number(step), filled: new Set(Array.isArray(names) ? names.map(String) : []) };
}
