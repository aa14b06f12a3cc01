import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import type { PoolOptions } from "@mortise/sql";
import { postgres, type PostgresOptions } from "./index.ts";

/** A server that the tests run on. */
export interface Server {
  readonly name: string;
  readonly url: string;
}

const variables = { "PostgreSQL 15": "TEST_POSTGRES_URL", "PostgreSQL 18": "TEST_POSTGRES18_URL" } as const;

/** The servers whose addresses the environment names. */
export const servers: readonly Server[] = Object.entries(variables).flatMap(([name, variable]) => {
  const url = process.env[variable];
  return url === undefined ? [] : [{ name, url }];
});

/** Declares tests for each server; where one must be there and is not, a test that says so. */
export function onServers(declare: (server: Server) => void): void {
  for (const server of servers) {
    describe(`${server.name}`, () => {
      declare(server);
    });
  }
  for (const [name, variable] of Object.entries(variables)) {
    if (servers.some((server) => server.name === name)) continue;
    const required = process.env["REQUIRE_ALL_DATABASES"] === "1";
    it.skipIf(!required)(`has ${name}`, () => {
      expect(process.env[variable], `${variable} names no server`).toBeDefined();
    });
  }
}

/** Runs statements as they are, on a connection of its own. */
export async function administer(url: string, ...statements: readonly string[]): Promise<readonly unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of statements) ({ rows } = await client.query({ text, rowMode: "array" }));
    return rows;
  } finally {
    await client.end();
  }
}

/** An empty namespace of a server. */
export interface Namespace {
  readonly name: string;
  /** An adapter on it; `through` is the port of a proxy to its server. */
  readonly adapter: (options?: Partial<PostgresOptions>, through?: number) => ReturnType<typeof postgres>;
  remove(): Promise<void>;
}

/** What the tests write need not outlive a crash of the server, and compiling a query that runs once takes longer than running it. */
function hasty(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}options=-c%20synchronous_commit%3Doff%20-c%20jit%3Doff`;
}

export async function openNamespace(server: Server, pool: PoolOptions = {}): Promise<Namespace> {
  const url = hasty(server.url);
  const name = `mortise_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create schema ${name}`);
  return {
    name,
    adapter: (options = {}, through) =>
      postgres({ connectionString: throughPort(url, through), searchPath: [name], pool, ...options }),
    remove: () => removeNamespaces(server, [name]),
  };
}

function throughPort(address: string, port: number | undefined): string {
  const url = new URL(address);
  if (port !== undefined) url.port = String(port);
  return url.href;
}

/** Many at once: a dropped table waits for the disk at the end of its transaction. */
export async function removeNamespaces({ url }: Server, names: readonly string[]): Promise<void> {
  const step = 20;
  const drops = names.flatMap((_, at) => (at % step === 0 ? [names.slice(at, at + step).join(", ")] : []));
  await administer(url, ...drops.map((list) => `drop schema ${list} cascade`));
}

/** An empty database of its own: the lock of migrators is one for a whole database, so that other tests may hold that of a namespace. */
export async function openDatabase(server: Server): Promise<Namespace> {
  const name = `mortise_${randomUUID().replaceAll("-", "")}`;
  await administer(server.url, `create database ${name}`);
  const url = new URL(hasty(server.url));
  url.pathname = `/${name}`;
  return {
    name,
    adapter: (options = {}, through) => postgres({ connectionString: throughPort(url.href, through), ...options }),
    remove: async () => void (await administer(server.url, `drop database ${name} with (force)`)),
  };
}
