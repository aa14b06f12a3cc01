import Database from "better-sqlite3";
import type { Subject } from "../subject.ts";
import { seed } from "../../workloads/seed.ts";
import { readCalls } from "./raw-read-calls.ts";
import type { Use } from "./statement.ts";
import { wideCalls } from "./raw-wide-calls.ts";
import { writeCalls } from "./raw-write-calls.ts";

/** Hand-written workloads on better-sqlite3; `prepare` says when statements are prepared. */
export function openRaw(prepare: (database: Database.Database) => Use): Subject {
  const database = new Database(":memory:");
  database.pragma("foreign_keys = on");
  for (const sql of seed) database.exec(sql);
  const use = prepare(database);
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    calls: { ...readCalls(use), ...wideCalls(use), ...writeCalls(use) },
  };
}
