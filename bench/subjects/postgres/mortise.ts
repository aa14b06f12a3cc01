import { createDatabase } from "@mortise/core";
import { postgres } from "@mortise/postgres";
import { mortiseCalls } from "../mortise/calls.ts";
import { schema } from "../mortise/schema.ts";
import { openOnServer } from "../server/open-on-server.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise as an application uses it. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "mortise"), (connectionString, max) => {
    const db = createDatabase(schema, postgres({ connectionString, pool: { max } }));
    return { exec: (sql) => db.raw(sql), close: () => db.close(), calls: mortiseCalls(db) };
  });
}
