import { randomUUID } from "node:crypto";
import type { PoolOptions } from "@mortise/sql";
import { mysql, type MysqlOptions } from "./index.ts";
import { loadDriver } from "./load-driver.ts";
import { settingsOf } from "./options.ts";
import { isRows, openRaw, queryText } from "./raw-connection.ts";

/** Runs statements as they are, on a connection of its own; gives the rows of the last. */
export async function administer(url: string, ...statements: readonly string[]): Promise<readonly unknown[][]> {
  const raw = await openRaw(loadDriver(), settingsOf({ uri: url }), new AbortController().signal);
  try {
    let rows: readonly unknown[][] = [];
    for (const sql of statements) {
      const { answer } = await queryText(raw, sql);
      rows = isRows(answer) ? answer : [];
    }
    return rows;
  } finally {
    raw.destroy();
  }
}

/** An empty database of a server. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly adapter: (options?: Partial<MysqlOptions>) => ReturnType<typeof mysql>;
  remove(): Promise<void>;
}

export async function openTestDatabase(
  { url }: { readonly url: string },
  pool: PoolOptions = {},
): Promise<TestDatabase> {
  const name = `mortise_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    name,
    url: own.href,
    adapter: (options = {}) => mysql({ uri: own.href, pool, ...options }),
    remove: async () => void (await administer(url, `drop database ${name}`)),
  };
}
