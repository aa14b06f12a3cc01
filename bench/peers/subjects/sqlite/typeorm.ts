import Database from "better-sqlite3";
import { DataSource } from "typeorm";
import type { Subject } from "../../../subjects/subject.ts";
import { seed } from "../../../workloads/seed.ts";
import { typeormCalls } from "../typeorm/calls.ts";
import { entitiesOf } from "../typeorm/entities.ts";

const types = { flag: { type: "boolean" }, instant: { type: "datetime" }, document: { type: "simple-json" } } as const;

/** TypeORM on better-sqlite3. */
export async function open(): Promise<Subject> {
  const source = new DataSource({
    type: "better-sqlite3",
    database: ":memory:",
    driver: Database,
    entities: [...entitiesOf(types)],
  });
  await source.initialize();
  for (const sql of seed) await source.query(sql);
  return { exec: (sql) => source.query(sql), close: () => source.destroy(), calls: typeormCalls(source) };
}
