import {
  TransactionError,
  UnsupportedError,
  type Awaitable,
  type Connection,
  type ExecuteControl,
  type InsertFacts,
  type ModelInfo,
  type QueryResult,
  type TransactionOptions,
} from "@mortise/core/adapter";
import { encodeBinds, type CompiledSql } from "@mortise/sql";
import type { Database, RunResult } from "better-sqlite3";
import { decodeAny } from "./any-codec.ts";
import { insertFactsOf } from "./insert-facts.ts";
import { patiently } from "./patience.ts";
import { stoppable } from "./stoppable.ts";
import { quoteName } from "./spelling.ts";
import { spooled } from "./spool.ts";
import { StatementCache, type RowStatement } from "./statement-cache.ts";

const noRows: readonly unknown[][] = Object.freeze([]);

/** The one connection of a database that writes. Statements that need not wait for another process run synchronously. */
export class SqliteConnection implements Connection<CompiledSql> {
  readonly database: Database;
  readonly #statements: StatementCache;
  readonly #busyTimeout: number;
  #readOnly = false;
  /** Whether a transaction may be open: planned statements open none, so that most releases need not ask the driver. */
  #unsettled = false;

  constructor(database: Database, busyTimeout: number) {
    this.database = database;
    this.#statements = new StatementCache(database);
    this.#busyTimeout = busyTimeout;
  }

  execute(compiled: CompiledSql, values: readonly unknown[], control?: ExecuteControl): Awaitable<QueryResult> {
    const parameters = encodeBinds(compiled.binds, values);
    return patiently(() => this.#run(compiled, parameters), this.#busyTimeout, control);
  }

  /** The rows as they are now: a copy, so that other statements may run between the batches. */
  stream(
    compiled: CompiledSql,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncIterable<readonly unknown[][]> {
    const rows = spooled(async (body) => body(this), compiled, encodeBinds(compiled.binds, values), batch);
    return stoppable(rows, control);
  }

  begin({ isolation, readOnly, timeout, signal }: TransactionOptions): Awaitable<void> {
    this.#unsettled = true;
    if (isolation !== undefined && isolation !== "serializable") {
      throw new UnsupportedError({
        capability: `The isolation level "${isolation}"`,
        adapter: "sqlite",
        alternative: `Every transaction is "serializable".`,
      });
    }
    if (this.database.inTransaction) throw new TransactionError("This connection is in a transaction already.");
    const control = timeout === undefined && signal === undefined ? undefined : { timeout, signal };
    return patiently(() => this.#begin(readOnly ?? false), this.#busyTimeout, control);
  }

  commit(): Awaitable<void> {
    return patiently(() => this.#end("commit"), this.#busyTimeout);
  }

  /** Some errors end a transaction by themselves; then there is nothing left to roll back. */
  rollback(): void {
    if (this.database.inTransaction) this.#end("rollback");
    else this.#allowWrites();
  }

  savepoint(name: string): void {
    this.#unsettled = true;
    this.database.exec(`savepoint ${quoteName(name)}`);
  }

  releaseSavepoint(name: string): void {
    this.database.exec(`release ${quoteName(name)}`);
  }

  rollbackToSavepoint(name: string): void {
    this.database.exec(`rollback to ${quoteName(name)}`);
  }

  insertFacts(model: ModelInfo): InsertFacts | undefined {
    return insertFactsOf(this.database, model);
  }

  /** What the next holder finds: no open transaction, and writes allowed. */
  reset(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    if (this.database.open) this.rollback();
  }

  statement(compiled: CompiledSql): RowStatement {
    return this.#statements.get(compiled);
  }

  /** Runs a step that writes to the temporary database only, which a read-only transaction may. */
  temporarily<T>(step: () => T): T {
    if (!this.#readOnly) return step();
    this.database.pragma("query_only = 0");
    try {
      return step();
    } finally {
      this.database.pragma("query_only = 1");
    }
  }

  #run(compiled: CompiledSql, parameters: unknown[]): QueryResult {
    if (isOwnText(compiled)) return this.#runOwnText(compiled, parameters);
    const repeatable = compiled.exactIntegers && compiled.access === "read";
    const statement = this.#statements.get(compiled, compiled.exactIntegers && !repeatable);
    if (!statement.reader) return written(statement.run(parameters));
    const rows = compiled.single === true ? rowsOf(statement.get(parameters)) : statement.all(parameters);
    if (!repeatable || !areRounded(rows, compiled.exactColumns)) return { rows, affected: rows.length };
    return { rows: this.#statements.get(compiled, true).all(parameters), affected: rows.length };
  }

  #runOwnText(compiled: CompiledSql, parameters: unknown[]): QueryResult {
    this.#unsettled = true;
    const statement = this.#statements.get(compiled);
    if (!statement.reader) return { rows: noRows, affected: statement.run(parameters).changes };
    const rows = statement.all(parameters);
    if (!compiled.namedColumns) return { rows, affected: rows.length };
    const columns = statement.columns().map((column) => column.name);
    return { rows: rows.map((row) => row.map(decodeAny)), affected: rows.length, columns };
  }

  #begin(readOnly: boolean): void {
    this.database.exec(readOnly ? "begin" : "begin immediate");
    this.#readOnly = readOnly;
    if (readOnly) this.database.pragma("query_only = 1");
  }

  #end(how: "commit" | "rollback"): void {
    this.database.exec(how);
    this.#allowWrites();
  }

  #allowWrites(): void {
    if (!this.#readOnly) return;
    this.#readOnly = false;
    this.database.pragma("query_only = 0");
  }
}

/** The driver tells the last counted key, which is the first one of as many rows; it means nothing after another write. */
function written({ changes, lastInsertRowid }: RunResult): QueryResult {
  const insertId =
    typeof lastInsertRowid === "bigint" ? lastInsertRowid - BigInt(changes) + 1n : lastInsertRowid - changes + 1;
  return { rows: noRows, affected: changes, insertId };
}

function rowsOf(row: unknown[] | undefined): unknown[][] {
  return row === undefined ? [] : [row];
}

/** Text of the caller's own, which may begin a transaction. */
function isOwnText({ namedColumns, reusable }: CompiledSql): boolean {
  return namedColumns || !reusable;
}

/** The driver gives integers as numbers much faster than as bigints, so that a read asks for bigints only where a number is not exact. */
function areRounded(rows: readonly (readonly unknown[])[], columns: readonly number[] | undefined): boolean {
  if (columns === undefined) return rows.some((row) => row.some(isRounded));
  return columns.some((at) => rows.some(({ [at]: value }) => isRounded(value)));
}

function isRounded(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}
