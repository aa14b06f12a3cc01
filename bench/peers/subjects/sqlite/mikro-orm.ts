import { MikroORM } from "@mikro-orm/sqlite";
import type { Subject } from "../../../subjects/subject.ts";
import { seedOf } from "../../../workloads/seed.ts";
import { sqliteSpelling } from "../../../workloads/spelling.ts";
import { mikroCalls, plain } from "../mikro-orm/calls.ts";
import { entities } from "../mikro-orm/entities.ts";

/** Instants as MikroORM keeps them: milliseconds. */
const spelling = {
  ...sqliteSpelling,
  types: { ...sqliteSpelling.types, instant: "datetime", document: "json" },
  instant: (seconds: string) => `((1700000000 + ${seconds}) * 1000 + 123)`,
};

/** MikroORM on better-sqlite3. */
export async function open(): Promise<Subject> {
  const orm = await MikroORM.init({ dbName: ":memory:", entities });
  const exec = (sql: string) => orm.em.getConnection().execute(sql, [], "run");
  for (const sql of seedOf(spelling)) await exec(sql);
  return { exec, close: () => orm.close(), calls: mikroCalls(orm), plain };
}
