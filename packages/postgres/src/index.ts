import type { SqlAdapter } from "@mortise/sql";
import { postgresAdapter } from "./adapter.ts";
import type { PostgresOptions } from "./options.ts";

export type { PostgresOptions } from "./options.ts";

/**
 * Keeps the data in PostgreSQL 15 or newer: `createDatabase(schema, postgres({ connectionString: process.env.DATABASE_URL }))`.
 *
 * Connects at first use, with a pool of at most 10 connections. Sessions are in UTC; texts sort and compare by their bytes.
 */
export function postgres(options: PostgresOptions): SqlAdapter {
  return postgresAdapter(options);
}
