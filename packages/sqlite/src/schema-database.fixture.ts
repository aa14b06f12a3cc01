import Database from "better-sqlite3";
import { LockTimeoutError, QueryError, type AdapterHandle, type MortiseError } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import { sqliteSchema } from "./migration.ts";

interface Text {
  readonly sql: string;
  readonly columns: number;
}

export interface SchemaDatabase {
  readonly database: Database.Database;
  readonly schema: SchemaAdapter;
  /** Every statement that ran, in order. */
  readonly log: string[];
}

/** The migration side alone over a real database, without the run-time adapter. */
export function openSchemaDatabase(path = ":memory:"): SchemaDatabase {
  const database = new Database(path);
  const log: string[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const connection = {
    execute({ sql, columns }: Text) {
      log.push(sql);
      const statement = database.prepare(sql);
      if (columns > 0) return { rows: statement.raw().all() as unknown[][], affected: 0 };
      if (statement.reader) statement.all();
      else statement.run();
      return { rows: [], affected: 0 };
    },
  };
  const handle: Pick<AdapterHandle<Text>, "withConnection"> = {
    async withConnection(body) {
      const result = turn.then(() => body(connection as unknown as Parameters<typeof body>[0]));
      turn = result.catch(() => undefined);
      return result;
    },
  };
  const schema = sqliteSchema(handle, { compileText: (sql, columns) => ({ sql, columns }), toError });
  return { database, schema, log };
}

function toError(cause: unknown): MortiseError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const isBusy = cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY");
  return isBusy ? new LockTimeoutError(message, { cause }) : new QueryError(message, { cause });
}
