import type {
  Adapter,
  AdapterHandle,
  Awaitable,
  Capabilities,
  ConnectionSource,
  ModelInfo,
  MortiseError,
  PlannedQuery,
  ResultType,
  SchemaAdapter,
} from "@mortise/core/adapter";
import type { DatabaseIntrospector, DialectAdapter, Kysely, QueryCompiler } from "kysely";
import { createAsyncContext } from "./async-context.ts";
import { encodeBinds } from "./bind.ts";
import { compileSql, fittingText, type CompiledSql } from "./compiled-sql.ts";
import type { DatabaseOf } from "./database-of.ts";
import type { Dialect } from "./dialect.ts";
import { openKyselyDoor, type KyselyDoor } from "./kysely-door.ts";

/** The small parts out of which `sqlAdapter` makes an adapter; each is one file of the database's package. */
export interface SqlAdapterParts {
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  readonly compiler: () => QueryCompiler;
  readonly kyselyAdapter: () => DialectAdapter;
  readonly introspector: (db: Kysely<DatabaseOf<unknown>>) => DatabaseIntrospector;
  readonly decoderFor: (type: ResultType) => ((raw: unknown) => unknown) | undefined;
  readonly connect: () => Awaitable<ConnectionSource<CompiledSql>>;
  readonly toError: (cause: unknown, failed: FailedStatement) => MortiseError;
  readonly openSchema: (handle: AdapterHandle<CompiledSql>) => Promise<SchemaAdapter>;
}

/** What is known of a statement that the database refused. */
export interface FailedStatement {
  readonly sql: string | undefined;
  readonly model: ModelInfo | undefined;
}

export type SqlAdapter = Adapter<CompiledSql, KyselyDoor>;

/** Makes core's adapter from the parts of one database. */
export function sqlAdapter(parts: SqlAdapterParts): SqlAdapter {
  const { dialect } = parts;
  const compiler = parts.compiler();
  const compile = (query: PlannedQuery) => compileSql(query, dialect, compiler);
  const decodeRaw = parts.decoderFor({ kind: "raw" }) ?? ((raw: unknown) => raw);
  return Object.freeze<SqlAdapter>({
    name: dialect.name,
    capabilities: parts.capabilities,
    codecFor: dialect.codecFor,
    decoderFor: parts.decoderFor,
    compile,
    describe: (compiled, values, withParameters) => {
      const { sql, binds } = fittingText(compiled, values);
      return { sql, parameters: withParameters ? encodeBinds(binds, values) : [] };
    },
    connect: parts.connect,
    createContext: createAsyncContext,
    toError: (cause, query) => {
      return parts.toError(cause, { sql: query && textOf(query, compile), model: query?.model });
    },
    open: (handle) =>
      openKyselyDoor(handle, {
        name: dialect.name,
        compiler: parts.compiler,
        kyselyAdapter: parts.kyselyAdapter,
        introspector: parts.introspector,
        encodeRaw: dialect.encodeRaw,
        decodeRaw,
        toError: (cause, sql) => parts.toError(cause, { sql, model: undefined }),
      }),
    openSchema: parts.openSchema,
  });
}

/** The failure itself may have been one of compiling. */
function textOf(query: PlannedQuery, compile: (query: PlannedQuery) => CompiledSql): string | undefined {
  try {
    return compile(query).sql;
  } catch {
    return undefined;
  }
}
