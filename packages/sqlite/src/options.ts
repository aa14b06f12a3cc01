/** How to open a SQLite database. */
export interface SqliteOptions {
  /** The path of the file, made when it does not exist; `:memory:` for a database that lives as long as its handle. */
  readonly filename: string;
  /** Opens an existing file for reading only. */
  readonly readonly?: boolean | undefined;
  /** Write-ahead logging, by which readers and the writer do not wait for each other; `true` unless said otherwise. */
  readonly wal?: boolean | undefined;
  /** How long, in milliseconds, a statement waits for another process that writes; 5,000 unless said otherwise. */
  readonly busyTimeout?: number | undefined;
}

/** The options with everything said. */
export interface SqliteSettings {
  readonly filename: string;
  readonly memory: boolean;
  readonly readonly: boolean;
  readonly wal: boolean;
  readonly busyTimeout: number;
}

/** An empty name is a temporary database for SQLite, which nobody means by it. */
export function settingsOf(options: SqliteOptions): SqliteSettings {
  const { filename, busyTimeout = 5000 } = options;
  const isReadonly = options.readonly ?? false;
  if (typeof filename !== "string" || filename.trim() === "") {
    throw new TypeError(`sqlite() needs a filename, such as "app.db" or ":memory:".`);
  }
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0 || busyTimeout > 2 ** 31 - 1) {
    throw new TypeError("sqlite() takes busyTimeout in whole milliseconds, 0 or more.");
  }
  const memory = filename === ":memory:";
  if (memory && isReadonly) throw new TypeError("sqlite() cannot open :memory: as readonly: it would stay empty.");
  return { filename, memory, readonly: isReadonly, wal: !memory && (options.wal ?? true), busyTimeout };
}
