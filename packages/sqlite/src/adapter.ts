import { sqlAdapter, type CompiledSql, type SqlAdapter } from "@mortise/sql";
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { sqliteCapabilities } from "./capabilities.ts";
import { sqliteDialect } from "./dialect.ts";
import { sqliteError } from "./errors.ts";
import { settingsOf, type SqliteOptions } from "./options.ts";
import { decoderFor } from "./result-decoder.ts";
import { SqliteSource } from "./source.ts";

/** The adapter of SQLite, made of its parts. */
export function sqliteAdapter(options: SqliteOptions): SqlAdapter {
  const settings = settingsOf(options);
  return sqlAdapter({
    dialect: sqliteDialect,
    capabilities: sqliteCapabilities,
    compiler: () => new SqliteQueryCompiler(),
    kyselyAdapter: () => new SqliteAdapter(),
    introspector: (db) => new SqliteIntrospector(db),
    decoderFor,
    connect: () => new SqliteSource(settings),
    toError: sqliteError,
    openSchema: async (handle) => {
      const { sqliteSchema } = await import("./migration.ts");
      return sqliteSchema(handle, { compileText, toError });
    },
  });
}

/** Statements of the migrator run once. */
function compileText(sql: string, columns: number): CompiledSql {
  return { sql, binds: [], access: "write", namedColumns: columns > 0, exactIntegers: false, reusable: false };
}

function toError(cause: unknown) {
  return sqliteError(cause, { sql: undefined, model: undefined });
}
