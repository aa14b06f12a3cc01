import { sqlAdapter, type CompiledSql, type SqlAdapter } from "@mortise/sql";
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { postgresCapabilities } from "./capabilities.ts";
import { connectPool } from "./connect.ts";
import { postgresDialect } from "./dialect.ts";
import { postgresError } from "./errors.ts";
import { settingsOf, type PostgresOptions } from "./options.ts";
import { decoderFor } from "./result-decoder.ts";

/** The adapter of PostgreSQL, made of its parts. */
export function postgresAdapter(options: PostgresOptions): SqlAdapter {
  const settings = settingsOf(options);
  return sqlAdapter({
    dialect: postgresDialect,
    capabilities: postgresCapabilities,
    compiler: () => new PostgresQueryCompiler(),
    kyselyAdapter: () => new PostgresAdapter(),
    introspector: (db) => new PostgresIntrospector(db),
    decoderFor,
    connect: () => connectPool(settings),
    toError: postgresError,
    openSchema: async (handle) => {
      const { postgresSchema } = await import("./migration.ts");
      return postgresSchema(handle, { compileText, toError });
    },
  });
}

/** Statements of the migrator run once. */
function compileText(sql: string, columns: number): CompiledSql {
  return { sql, binds: [], access: "write", namedColumns: columns > 0, exactIntegers: false, reusable: false };
}

function toError(cause: unknown) {
  return postgresError(cause, { sql: undefined, model: undefined });
}
