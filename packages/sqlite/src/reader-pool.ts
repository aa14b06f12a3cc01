import { ConnectionError } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import type { Database } from "better-sqlite3";
import { openDatabase } from "./open-database.ts";
import type { SqliteSettings } from "./options.ts";
import { StatementCache } from "./statement-cache.ts";

const idleLimit = 2;

/** Connections for reading, one for each stream that is under way. */
export class ReaderPool {
  readonly #settings: SqliteSettings;
  readonly #idle: Database[] = [];
  readonly #busy = new Map<Database, () => void>();
  #closed = false;

  constructor(settings: SqliteSettings) {
    this.#settings = settings;
  }

  async *stream(
    compiled: CompiledSql,
    parameters: unknown[],
    batch: number,
  ): AsyncGenerator<readonly unknown[][], void> {
    const database = this.#idle.pop() ?? openDatabase(this.#settings);
    const rows = new StatementCache(database).prepare(compiled).iterate(parameters);
    const stop = () => void rows.return?.();
    this.#busy.set(database, stop);
    try {
      for (;;) {
        if (this.#closed) throw new ConnectionError("The database is closed.", { code: "CONNECTION_CLOSED" });
        const taken = take(rows, batch);
        if (taken.length > 0) yield taken;
        if (taken.length < batch) return;
      }
    } finally {
      if (this.#busy.delete(database)) {
        stop();
        this.#giveBack(database);
      }
    }
  }

  /** Ends what is under way: its next batch is an error. */
  close(): void {
    this.#closed = true;
    for (const [database, stop] of this.#busy) {
      stop();
      database.close();
    }
    this.#busy.clear();
    for (const database of this.#idle.splice(0)) database.close();
  }

  #giveBack(database: Database): void {
    if (this.#idle.length >= idleLimit) database.close();
    else this.#idle.push(database);
  }
}

function take(rows: Iterator<unknown[]>, batch: number): unknown[][] {
  const taken: unknown[][] = [];
  while (taken.length < batch) {
    const next = rows.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
