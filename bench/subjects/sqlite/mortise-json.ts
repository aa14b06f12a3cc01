import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { seed } from "../../workloads/seed.ts";
import { relationCalls } from "../mortise/relation-calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Subject } from "../subject.ts";

/** Mortise with the relations inside the rows of their parents. */
export async function open(): Promise<Subject> {
  const db = createDatabase(schema, sqlite({ filename: ":memory:" }), { relationStrategy: "json" });
  for (const sql of seed) await db.raw(sql);
  return { exec: (sql) => db.raw(sql), close: () => db.close(), calls: relationCalls(db) };
}
