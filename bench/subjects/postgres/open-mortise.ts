import { createDatabase } from "@mortise/core";
import { postgres } from "@mortise/postgres";
import { relationCalls } from "../mortise/relation-calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise on PostgreSQL, on one connection as the hand-written code. */
export async function openMortise(relationStrategy: "separate" | "json"): Promise<Subject> {
  const connectionString = await seededDatabase(relationStrategy);
  const db = createDatabase(schema, postgres({ connectionString, pool: { max: 1 } }), { relationStrategy });
  return { exec: (sql) => db.raw(sql), calls: relationCalls(db) };
}
