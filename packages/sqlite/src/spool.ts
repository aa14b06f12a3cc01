import { TransactionError, type QueryResult } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import type { Database } from "better-sqlite3";
import type { StatementCache } from "./statement-cache.ts";

/** What a spool needs of the connection it is kept on. */
export interface SpoolConnection {
  readonly database: Database;
  readonly statement: StatementCache["get"];
  temporarily<T>(step: () => T): T;
}

/** Runs a step on the connection; between steps it may serve others. */
export type UseConnection = <T>(step: (connection: SpoolConnection) => T) => Promise<T>;

let spools = 0;

/**
 * Streams the rows of a query on a connection that runs other statements meanwhile. SQLite leaves open what an unfinished query sees
 * of writes beside it, so that the rows go into a temporary table first, which SQLite keeps on disk when it grows, and come from there
 * batch by batch. The memory taken is one batch.
 */
export async function* spooled(
  use: UseConnection,
  compiled: CompiledSql,
  parameters: unknown[],
  batch: number,
): AsyncGenerator<readonly unknown[][], void> {
  if (compiled.access === "write" || compiled.namedColumns) {
    const rows = await use((connection) => connection.statement(compiled).all(parameters));
    for (let start = 0; start < rows.length; start += batch) yield rows.slice(start, start + batch);
    return;
  }
  spools += 1;
  const table = `temp."mortise_stream_${spools}"`;
  await use((connection) => fill(connection, table, compiled, parameters));
  try {
    const query = {
      ...compiled,
      sql: `select * from ${table} where rowid > ? order by rowid limit ?`,
      reusable: false,
    };
    for (let read = 0; ;) {
      const rows = await use((connection) => take(connection, query, read, batch));
      if (rows.length > 0) yield rows;
      if (rows.length < batch) return;
      read += rows.length;
    }
  } finally {
    await use((connection) => drop(connection, table));
  }
}

/** Columns without a type take every value as it is. */
function fill(connection: SpoolConnection, table: string, compiled: CompiledSql, parameters: unknown[]): void {
  const names = connection
    .statement(compiled)
    .columns()
    .map((_, index) => `c${index}`);
  connection.temporarily(() => {
    connection.database.exec(`create table ${table} (${names.join(", ")})`);
    connection.database.prepare(`insert into ${table} ${compiled.sql}`).run(parameters);
  });
}

function take(connection: SpoolConnection, query: CompiledSql, after: number, batch: number): QueryResult["rows"] {
  try {
    return connection.statement(query).all([after, batch]);
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.startsWith("no such table")) throw cause;
    throw new TransactionError(
      "A stream was read after the transaction or savepoint in which it began was rolled back.",
      {
        cause,
      },
    );
  }
}

function drop(connection: SpoolConnection, table: string): void {
  if (!connection.database.open) return;
  connection.temporarily(() => connection.database.exec(`drop table if exists ${table}`));
}
