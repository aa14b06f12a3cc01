import pg from "pg";
import { seedOf } from "../../workloads/seed.ts";
import { postgresSpelling } from "../../workloads/spelling.ts";

/** The address of a database of this subject alone, with the tables and their rows. */
export async function seededDatabase(server: string, subject: string): Promise<string> {
  const name = `mortise_bench_${subject.replaceAll("-", "_")}`;
  const url = new URL(server);
  await run(server, [`drop database if exists ${name} with (force)`, `create database ${name}`]);
  url.pathname = `/${name}`;
  await run(url.href, seedOf(postgresSpelling));
  return url.href;
}

async function run(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
