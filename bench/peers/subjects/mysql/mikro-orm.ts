import process from "node:process";
import { MikroORM as OnMariaDb } from "@mikro-orm/mariadb";
import { MikroORM as OnMySql } from "@mikro-orm/mysql";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { mikroCalls, plain } from "../mikro-orm/calls.ts";
import { entities } from "../mikro-orm/entities.ts";

/** MikroORM on mysql2, or on the mariadb driver where that answers. */
export async function open(server: string): Promise<Subject> {
  const MikroORM = server === process.env["TEST_MARIADB_URL"] ? OnMariaDb : OnMySql;
  return openOnServer(await seededDatabase(server, "mikro-orm"), async (clientUrl, max) => {
    const orm = await MikroORM.init({ clientUrl, entities, timezone: "Z", pool: { min: 0, max } });
    const exec = (sql: string) => orm.em.getConnection().execute(sql, [], "run");
    return { exec, close: () => orm.close(), calls: mikroCalls(orm), plain };
  });
}
