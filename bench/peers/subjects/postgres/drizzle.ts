import * as lib from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import * as core from "drizzle-orm/pg-core";
import pg from "pg";
import { seededDatabase } from "../../../subjects/postgres/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { callsOn } from "../drizzle/open.ts";

/** Drizzle 0.45. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "drizzle"), (connectionString, max) => {
    const pool = new pg.Pool({ connectionString, max });
    const calls = callsOn(pool, { lib, core, drizzle }, { engine: "postgres", version: "0.45", prepared: false });
    return { exec: (sql) => pool.query(sql), close: () => pool.end(), calls };
  });
}
