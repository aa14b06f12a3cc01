import { createDatabase } from "@mortise/core";
import { mysql } from "@mortise/mysql";
import { mortiseCalls } from "../mortise/calls.ts";
import { schema } from "../mortise/schema.ts";
import { openOnServer } from "../server/open-on-server.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

/** Mortise as an application uses it. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "mortise"), (uri, max) => {
    const db = createDatabase(schema, mysql({ uri, pool: { max } }));
    return { exec: (sql) => db.raw(sql), close: () => db.close(), calls: mortiseCalls(db) };
  });
}
