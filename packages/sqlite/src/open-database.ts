import { dirname, resolve } from "node:path";
import { ConnectionError } from "@mortise/core/adapter";
import type { Database } from "better-sqlite3";
import { sqliteError } from "./errors.ts";
import { isWorthWaiting } from "./driver-error.ts";
import { registerFunctions } from "./functions.ts";
import { loadDriver } from "./load-driver.ts";
import type { SqliteSettings } from "./options.ts";

/** Opens a connection with everything set up: foreign keys, write-ahead log, our functions. */
export function openDatabase(settings: SqliteSettings): Database {
  const Driver = loadDriver();
  checkPath(settings);
  let end: number | undefined;
  for (;;) {
    try {
      const database = new Driver(settings.filename, { readonly: settings.readonly, timeout: settings.busyTimeout });
      return prepared(database, settings);
    } catch (cause) {
      end ??= performance.now() + settings.busyTimeout;
      if (!isWorthWaiting(cause) || performance.now() > end) throw openError(cause, settings);
      pause();
    }
  }
}

/** Of processes that turn a new file to write-ahead at once, SQLite tells all but one that it is busy, and lets none of them wait. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + Math.random() * 20);
}

function prepared(database: Database, settings: SqliteSettings): Database {
  try {
    setUp(database, settings);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** `trusted_schema` off keeps functions and virtual tables named in a foreign file's schema from running with our rights. */
function setUp(database: Database, settings: SqliteSettings): void {
  database.pragma("foreign_keys = on");
  database.pragma("trusted_schema = off");
  if (settings.wal && !settings.readonly) {
    database.pragma("journal_mode = wal");
    database.pragma("synchronous = normal");
  }
  database.pragma("schema_version");
  registerFunctions(database);
}

/** The driver says of all of these only that it is unable to open the file. */
function checkPath({ filename, memory, readonly }: SqliteSettings): void {
  if (memory) return;
  const path = resolve(filename);
  // An import would also load Node's streams, which exports of node:fs name.
  const { existsSync, statSync } = process.getBuiltinModule("node:fs");
  if (!existsSync(dirname(path))) {
    throw new ConnectionError(`The database ${path} cannot be opened: the folder ${dirname(path)} does not exist.`);
  }
  if (readonly && !existsSync(path)) {
    throw new ConnectionError(`The database ${path} cannot be opened as readonly: the file does not exist.`);
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new ConnectionError(`The database ${path} cannot be opened: it is a folder.`);
  }
}

function openError(cause: unknown, { filename }: SqliteSettings): unknown {
  return sqliteError(cause, { sql: undefined, model: undefined, path: resolve(filename) });
}
