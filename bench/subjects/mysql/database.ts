import { createConnection } from "mysql2/promise";
import { seedOf } from "../../workloads/seed.ts";
import { mysqlSpelling } from "../../workloads/spelling.ts";

/** The address of a database of this subject alone, with the tables and their rows; on MySQL or on MariaDB. */
export async function seededDatabase(server: string, subject: string): Promise<string> {
  const name = `mortise_bench_${subject.replaceAll("-", "_")}`;
  const url = new URL(server);
  await run(server, [`drop database if exists ${name}`, `create database ${name} character set utf8mb4`]);
  url.pathname = `/${name}`;
  await run(url.href, seedOf(mysqlSpelling));
  return url.href;
}

async function run(uri: string, statements: readonly string[]): Promise<void> {
  const connection = await createConnection({ uri, timezone: "Z" });
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}
