import { createDatabase } from "@mortise/core";
import { postgres } from "@mortise/postgres";
import { relationCalls } from "../mortise/relation-calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise with the relations inside the rows of their parents, on one connection. */
export async function open(server: string): Promise<Subject> {
  const connectionString = await seededDatabase(server, "mortise-json");
  const db = createDatabase(schema, postgres({ connectionString, pool: { max: 1 } }), { relationStrategy: "json" });
  return { exec: (sql) => db.raw(sql), close: () => db.close(), calls: relationCalls(db) };
}
