import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { seed } from "../../workloads/seed.ts";
import { mortiseCalls } from "../mortise/calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Subject } from "../subject.ts";

/** Mortise as an application uses it. */
export async function open(): Promise<Subject> {
  const db = createDatabase(schema, sqlite({ filename: ":memory:" }));
  for (const sql of seed) await db.raw(sql);
  return { exec: (sql) => db.raw(sql), close: () => db.close(), calls: mortiseCalls(db) };
}
