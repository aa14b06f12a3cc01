import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PoolOptions } from "@mortise/sql";
import { capabilitiesOf } from "./capabilities.ts";
import { mysql, type MysqlOptions } from "./index.ts";
import { loadDriver } from "./load-driver.ts";
import { settingsOf } from "./options.ts";
import { isRows, openRaw, queryText } from "./raw-connection.ts";
import { mariadbServer, mysqlServer, type Server } from "./server.ts";

/** A server that the tests run on. */
export interface TestServer {
  readonly name: string;
  readonly url: string;
  readonly family: Server;
}

const variables = [
  { name: "MySQL", variable: "TEST_MYSQL_URL", family: mysqlServer },
  { name: "MariaDB", variable: "TEST_MARIADB_URL", family: mariadbServer },
] as const;

/** The servers whose addresses the environment names. */
export const servers: readonly TestServer[] = variables.flatMap(({ name, variable, family }) => {
  const url = process.env[variable];
  return url === undefined ? [] : [{ name, url, family }];
});

export function capabilitiesFor({ family }: TestServer): ReturnType<typeof capabilitiesOf> {
  return capabilitiesOf(family);
}

/** Declares tests for each server; where one must be there and is not, a test that says so. */
export function onServers(declare: (server: TestServer) => void): void {
  for (const server of servers) {
    describe(`${server.name}`, () => {
      declare(server);
    });
  }
  for (const { name, variable } of variables) {
    if (servers.some((server) => server.name === name)) continue;
    const required = process.env["REQUIRE_ALL_DATABASES"] === "1";
    it.skipIf(!required)(`has ${name}`, () => {
      expect(process.env[variable], `${variable} names no server.`).toBeDefined();
    });
  }
}

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

export async function openTestDatabase({ url }: TestServer, pool: PoolOptions = {}): Promise<TestDatabase> {
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
