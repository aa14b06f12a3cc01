import { DataSource } from "typeorm";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { typeormCalls } from "../typeorm/calls.ts";
import { entitiesOf } from "../typeorm/entities.ts";

const types = {
  flag: { type: "boolean" },
  instant: { type: "datetime", precision: 3 },
  document: { type: "json" },
} as const;

/** TypeORM on mysql2. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "typeorm"), async (url, poolSize) => {
    const entities = [...entitiesOf(types)];
    const type = server === process.env["TEST_MARIADB_URL"] ? "mariadb" : "mysql";
    const source = new DataSource({ type, url, poolSize, timezone: "Z", entities });
    await source.initialize();
    return { exec: (sql) => source.query(sql), close: () => source.destroy(), calls: typeormCalls(source) };
  });
}
