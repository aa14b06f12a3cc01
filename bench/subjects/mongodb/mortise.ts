import { createDatabase } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { mongodb } from "@mortise/mongodb";
import { mortiseCalls } from "../mortise/calls.ts";
import { schema } from "../mortise/schema.ts";
import type { Crew, Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise as an application uses it. */
export async function open(server: string): Promise<Subject> {
  const { database, exec } = await seededDatabase(server, "mortise");
  const crew = (maxConnections: number): Crew => {
    // As any adapter: the calls are those of every engine.
    const adapter: Adapter = mongodb({ url: server, database, maxConnections });
    const db = createDatabase(schema, adapter);
    return { calls: mortiseCalls(db), close: () => db.close() };
  };
  return { ...crew(1), exec, crew };
}
