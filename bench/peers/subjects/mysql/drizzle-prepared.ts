import * as lib from "drizzle-orm";
import { drizzle } from "drizzle-orm/mysql2";
import * as core from "drizzle-orm/mysql-core";
import { createPool } from "mysql2/promise";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { callsOn } from "../drizzle/open.ts";

/** Drizzle 0.45, each statement prepared once by hand. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "drizzle-prepared"), (uri, connectionLimit) => {
    const pool = createPool({ uri, connectionLimit, timezone: "Z" });
    const calls = callsOn(pool, { lib, core, drizzle }, { engine: "mysql", version: "0.45", prepared: true });
    return { exec: (sql) => pool.query(sql), close: () => pool.end(), calls };
  });
}
