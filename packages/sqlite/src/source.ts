import {
  ConnectionError,
  turn,
  type Awaitable,
  type Connection,
  type ConnectionSource,
  type ExecuteControl,
} from "@mortise/core/adapter";
import { encodeBinds, type CompiledSql } from "@mortise/sql";
import { SqliteConnection } from "./connection.ts";
import { openDatabase } from "./open-database.ts";
import type { SqliteSettings } from "./options.ts";
import { ReaderPool } from "./reader-pool.ts";
import { spooled, type SpoolConnection } from "./spool.ts";
import { stoppable } from "./stoppable.ts";

interface Waiter {
  readonly resolve: (connection: SqliteConnection) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one connection of a database, lent to one caller after the other in the order in which they asked. SQLite lets one writer in at
 * a time, so that more connections of one process would only wait for each other.
 */
export class SqliteSource implements ConnectionSource<CompiledSql> {
  readonly #connection: SqliteConnection;
  readonly #readers: ReaderPool | undefined;
  readonly #waiting: Waiter[] = [];
  #lent = false;
  #closed: (() => void) | undefined;

  constructor(settings: SqliteSettings) {
    const database = openDatabase(settings);
    database.pragma("busy_timeout = 0");
    this.#connection = new SqliteConnection(database, settings.busyTimeout);
    const logged = !settings.memory && database.pragma("journal_mode", { simple: true }) === "wal";
    this.#readers = logged ? new ReaderPool({ ...settings, readonly: true }) : undefined;
  }

  acquire(): Awaitable<SqliteConnection> {
    if (this.#closed !== undefined) throw closedError();
    if (!this.#lent) {
      this.#lent = true;
      return this.#connection;
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  release(connection: Connection<CompiledSql>): void {
    if (connection !== this.#connection || !this.#lent) return;
    this.#connection.reset();
    const next = this.#waiting.shift();
    if (next !== undefined) return next.resolve(this.#connection);
    this.#lent = false;
    this.#closed?.();
  }

  /**
   * In write-ahead mode a stream reads on a connection of its own, from the state of the database at its beginning, and stands in
   * nobody's way. Otherwise it reads from a copy of its rows.
   */
  stream(
    compiled: CompiledSql,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncIterable<readonly unknown[][]> {
    const parameters = encodeBinds(compiled.binds, values);
    if (this.#closed !== undefined) throw closedError();
    const readers = compiled.access === "read" ? this.#readers : undefined;
    const rows =
      readers?.stream(compiled, parameters, batch) ??
      spooled((...given) => this.#lend(...given), compiled, parameters, batch, control);
    return stoppable(rows, control);
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    const idle = new Promise<void>((resolve) => (this.#closed = resolve));
    for (const waiter of this.#waiting.splice(0)) waiter.reject(closedError());
    this.#readers?.close();
    if (this.#lent) await idle;
    this.#connection.database.close();
  }

  async #lend<T>(step: (connection: SpoolConnection) => T, control?: ExecuteControl): Promise<T> {
    const connection = await turn(this.acquire(), control, (late) => this.release(late));
    try {
      return step(connection);
    } finally {
      this.release(connection);
    }
  }
}

function closedError(): ConnectionError {
  return new ConnectionError("The database is closed.", { code: "CONNECTION_CLOSED" });
}
