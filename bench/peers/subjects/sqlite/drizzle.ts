import Database from "better-sqlite3";
import * as lib from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import * as core from "drizzle-orm/sqlite-core";
import type { Subject } from "../../../subjects/subject.ts";
import { seed } from "../../../workloads/seed.ts";
import { callsOn } from "../drizzle/open.ts";

/** Drizzle 0.45. */
export function open(): Subject {
  const database = new Database(":memory:");
  for (const sql of seed) database.exec(sql);
  const calls = callsOn(database, { lib, core, drizzle }, { engine: "sqlite", version: "0.45", prepared: false });
  return { exec: (sql) => database.exec(sql), close: () => database.close(), calls };
}
