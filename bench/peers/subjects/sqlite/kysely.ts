import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { instantOf, textOfInstant } from "../../../subjects/sqlite/statement.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { seed } from "../../../workloads/seed.ts";
import { wideFinisher } from "../finish-row.ts";
import { execOn, kyselyCalls, type Forms, type Handle } from "../kysely/calls.ts";

const flag = (value: number) => value === 1;

const forms: Forms = {
  flag: Number,
  instant: textOfInstant,
  row: (row) => {
    row.createdAt = instantOf(row.createdAt);
    if (row.isActive !== undefined) row.isActive = flag(row.isActive);
    if (row.isOpen !== undefined) row.isOpen = flag(row.isOpen);
    return row;
  },
  wide: wideFinisher({ flag, instant: instantOf, document: JSON.parse }),
  returning: true,
};

/** Kysely on better-sqlite3. */
export function open(): Subject {
  const database = new Database(":memory:");
  for (const sql of seed) database.exec(sql);
  const db: Handle = new Kysely({ dialect: new SqliteDialect({ database }) });
  return { exec: execOn(db), close: () => db.destroy(), calls: kyselyCalls(db, forms) };
}
