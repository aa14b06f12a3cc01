import { Client } from "pg";
import type { HeldTable } from "@mortise/testkit";

/** Locks a table of a namespace for a session of its own, until it is released. */
export async function holdTable(
  url: string,
  namespace: string,
  table: string,
  against: "reads" | "writes",
): Promise<HeldTable> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = `${namespace}.${table}`;
  try {
    await client.query("begin");
    await client.query("set local lock_timeout = '100ms'");
    await client.query(`lock table ${name} in ${against === "reads" ? "access exclusive" : "exclusive"} mode`);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    async isAwaited() {
      const { rowCount } = await client.query("select from pg_locks where not granted and relation = $1::regclass", [
        name,
      ]);
      return rowCount !== 0;
    },
    release: () => client.end(),
  };
}
