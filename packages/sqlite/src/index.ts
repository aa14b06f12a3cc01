import type { SqlAdapter } from "@mortise/sql";
import { sqliteAdapter } from "./adapter.ts";
import type { SqliteOptions } from "./options.ts";

export type { SqliteOptions } from "./options.ts";

/**
 * Keeps the data in SQLite: `createDatabase(schema, sqlite({ filename: "app.db" }))`.
 *
 * `:memory:` makes a database that lives as long as its handle. Files are opened with foreign keys on and a write-ahead log.
 * One connection serves the whole process: statements queue, and transactions that write exclude each other.
 */
export function sqlite(options: SqliteOptions): SqlAdapter {
  return sqliteAdapter(options);
}
