import { createDatabase } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { mongodb } from "@mortise/mongodb";
import { relationCalls } from "../mortise/relation-calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise with the relations inside the rows of their parents, on one connection. */
export async function open(server: string): Promise<Subject> {
  const { database, exec } = await seededDatabase(server, "mortise-lookup");
  const adapter: Adapter = mongodb({ url: server, database, maxConnections: 1 });
  const db = createDatabase(schema, adapter, { relationStrategy: "lookup" });
  return { exec, close: () => db.close(), calls: relationCalls(db) };
}
