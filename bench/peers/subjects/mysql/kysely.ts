import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { wideFinisher } from "../finish-row.ts";
import { execOn, kyselyCalls, type Forms, type Handle } from "../kysely/calls.ts";

const flag = (value: number) => value === 1;

const forms: Forms = {
  flag: (value) => value,
  instant: (value) => value,
  row: (row) => {
    if (row.isActive !== undefined) row.isActive = flag(row.isActive);
    return row;
  },
  wide: wideFinisher({ flag, document: (value) => (typeof value === "string" ? JSON.parse(value) : value) }),
  returning: false,
};

/** Kysely on mysql2. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "kysely"), (uri, connectionLimit) => {
    const pool = createPool({ uri, connectionLimit, timezone: "Z" });
    const db: Handle = new Kysely({ dialect: new MysqlDialect({ pool }) });
    return { exec: execOn(db), close: () => db.destroy(), calls: kyselyCalls(db, forms) };
  });
}
