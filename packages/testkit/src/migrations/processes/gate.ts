import { createDatabase, createSchema } from "@mortise/core";
import { gateTable } from "./migration-folder.ts";
import type { ProcessDatabase } from "./process-target.ts";

/** Makes the table that migrations copy from, with at least so many rows: they are doubled until there are enough. */
export async function makeGate({ open, rows }: ProcessDatabase, count: number): Promise<void> {
  if (rows !== undefined) return rows.makeGate(count);
  await using db = createDatabase(createSchema({}), await open());
  await db.raw(`create table ${gateTable} (id int not null primary key, name varchar(20))`);
  if (count > 0) await db.raw(`insert into ${gateTable} (id, name) values (1, 'one')`);
  for (let there = 1; there < count; there *= 2) {
    await db.raw(`insert into ${gateTable} (id, name) select id + ${there}, name from ${gateTable}`);
  }
}
