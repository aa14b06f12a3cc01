import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { seededDatabase } from "../../../subjects/postgres/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { execOn, kyselyCalls, type Forms, type Handle } from "../kysely/calls.ts";

const forms: Forms = { flag: (value) => value, instant: (value) => value, returning: true };

/** Kysely on pg. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "kysely"), (connectionString, max) => {
    const db: Handle = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max }) }) });
    return { exec: execOn(db), close: () => db.destroy(), calls: kyselyCalls(db, forms) };
  });
}
