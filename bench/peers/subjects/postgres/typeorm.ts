import { DataSource } from "typeorm";
import { seededDatabase } from "../../../subjects/postgres/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { typeormCalls } from "../typeorm/calls.ts";
import { entitiesOf } from "../typeorm/entities.ts";

const types = { flag: { type: "boolean" }, instant: { type: "timestamptz" }, document: { type: "jsonb" } } as const;

/** TypeORM on pg. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "typeorm"), async (url, poolSize) => {
    const source = new DataSource({ type: "postgres", url, poolSize, entities: [...entitiesOf(types)] });
    await source.initialize();
    return { exec: (sql) => source.query(sql), close: () => source.destroy(), calls: typeormCalls(source) };
  });
}
