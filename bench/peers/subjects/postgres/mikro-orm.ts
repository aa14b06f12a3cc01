import { MikroORM } from "@mikro-orm/postgresql";
import { seededDatabase } from "../../../subjects/postgres/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { mikroCalls, plain } from "../mikro-orm/calls.ts";
import { entities } from "../mikro-orm/entities.ts";

/** MikroORM on pg. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "mikro-orm"), async (clientUrl, max) => {
    const orm = await MikroORM.init({ clientUrl, entities, pool: { min: 0, max } });
    const exec = (sql: string) => orm.em.getConnection().execute(sql, [], "run");
    return { exec, close: () => orm.close(), calls: mikroCalls(orm), plain };
  });
}
