import * as lib from "drizzle-orm-v1";
import { drizzle } from "drizzle-orm-v1/mysql2";
import * as core from "drizzle-orm-v1/mysql-core";
import { createPool } from "mysql2/promise";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { callsOn } from "../drizzle/open.ts";

/** Drizzle 1.0. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "drizzle-v1"), (uri, connectionLimit) => {
    const pool = createPool({ uri, connectionLimit, timezone: "Z" });
    const calls = callsOn(pool, { lib, core, drizzle }, { engine: "mysql", version: "1.0", prepared: false });
    return { exec: (sql) => pool.query(sql), close: () => pool.end(), calls };
  });
}
