import { TransactionError, type ExecuteControl, type QueryResult } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import type { Database } from "better-sqlite3";
import type { StatementCache } from "./statement-cache.ts";

/** What a spool needs of the connection it is kept on. */
export interface SpoolConnection {
  readonly database: Database;
  readonly statement: StatementCache["get"];
  temporarily<T>(step: () => T): T;
}

/** Runs a step on the connection; between steps it may serve others, and a control may end the wait for it. */
export type UseConnection = <T>(step: (connection: SpoolConnection) => T, control?: ExecuteControl) => Promise<T>;

/** Where the rows of one stream wait. */
interface Spool {
  readonly table: string;
  readonly width: number;
  readonly rows: number;
}

/**
 * The tables of a connection that no stream uses, by their number of columns. They stay: a table for each stream would mean new
 * statements and a changed schema each time, and a changed schema costs SQLite a look at every statement that is alive.
 */
const idleTables = new WeakMap<Database, Map<number, string[]>>();
let tables = 0;

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
  control?: ExecuteControl,
): AsyncGenerator<readonly unknown[][], void> {
  if (compiled.access === "write" || compiled.namedColumns) {
    const rows = await use((connection) => connection.statement(compiled).all(parameters), control);
    for (let start = 0; start < rows.length; start += batch) yield rows.slice(start, start + batch);
    return;
  }
  const spool = await use((connection) => fill(connection, compiled, parameters), control);
  try {
    const query = { ...compiled, sql: `select * from ${spool.table} where rowid > ? order by rowid limit ?` };
    for (let read = 0; read < spool.rows;) {
      const rows = await use((connection) => take(connection, query, read, batch), control);
      if (rows.length === 0) throw rolledBack();
      yield rows;
      read += rows.length;
    }
  } finally {
    const given = use((connection) => giveBack(connection, spool));
    // Who has given up waits no more; the table is given back when its turn comes.
    if (control?.signal?.aborted === true) given.catch(() => undefined);
    else await given;
  }
}

function fill(connection: SpoolConnection, compiled: CompiledSql, parameters: unknown[]): Spool {
  const width = connection.statement(compiled).columns().length;
  const table = idle(connection.database, width).pop() ?? `temp."mortise_stream_${width}_${(tables += 1)}"`;
  return connection.temporarily(() => {
    empty(connection, table, width);
    const { changes } = connection
      .statement({ ...compiled, sql: `insert into ${table} ${compiled.sql}` })
      .run(parameters);
    return { table, width, rows: changes };
  });
}

function take(connection: SpoolConnection, query: CompiledSql, after: number, batch: number): QueryResult["rows"] {
  try {
    return connection.statement(query).all([after, batch]);
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.startsWith("no such table")) throw cause;
    throw rolledBack(cause);
  }
}

function rolledBack(cause?: unknown): TransactionError {
  const message = "A stream was read after the transaction or savepoint in which it began was rolled back.";
  return new TransactionError(message, { cause });
}

function giveBack(connection: SpoolConnection, { table, width }: Spool): void {
  if (!connection.database.open) return;
  connection.temporarily(() => empty(connection, table, width));
  idle(connection.database, width).push(table);
}

/** Columns without a type take every value as it is. A transaction that was rolled back may have left rows, or taken the table. */
function empty(connection: SpoolConnection, table: string, width: number): void {
  const names = Array.from({ length: width }, (_, index) => `c${index}`);
  connection.database.exec(`create table if not exists ${table} (${names.join(", ")}); delete from ${table}`);
}

function idle(database: Database, width: number): string[] {
  const byWidth = idleTables.get(database) ?? new Map<number, string[]>();
  idleTables.set(database, byWidth);
  const known = byWidth.get(width) ?? [];
  byWidth.set(width, known);
  return known;
}
