import type { QueryEvent } from "@mortise/core";

/** Whether a statement, of whatever engine, inserts into the table. */
export function insertsInto(table: string, { sql }: QueryEvent): boolean {
  return new RegExp(`^(insert into .${table}.|db\\.${table}\\.insert)`).test(sql);
}

export function isRead({ sql }: QueryEvent): boolean {
  return /^(select|db\.\w+\.aggregate)/.test(sql);
}
