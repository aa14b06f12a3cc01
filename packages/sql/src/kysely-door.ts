import { TransactionError, UnsupportedError, type DoorHandle, type MortiseError } from "@mortise/core/adapter";
import {
  Kysely,
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type DialectAdapter,
  type Driver,
  type QueryCompiler,
  type QueryResult as KyselyResult,
} from "kysely";
import type { Encode } from "./bind.ts";
import type { CompiledSql } from "./compiled-sql.ts";
import type { DatabaseOf } from "./database-of.ts";

/** What SQL adapters add to the database handle. */
export interface KyselyDoor {
  /** The schema of the handle; it exists for the compiler alone. */
  readonly schema: unknown;
  /**
   * A Kysely query builder on the same connection and transaction: `db.kysely.selectFrom("users").selectAll().execute()`.
   *
   * Tables, columns and values are those of the database: no codec, hook or soft delete applies here.
   */
  readonly kysely: Kysely<DatabaseOf<this["schema"]>>;
}

/** What a SQL adapter gives for its door. */
export interface DoorParts {
  readonly name: string;
  readonly compiler: () => QueryCompiler;
  readonly kyselyAdapter: () => DialectAdapter;
  readonly introspector: (db: Kysely<DatabaseOf<unknown>>) => DatabaseIntrospector;
  readonly encodeRaw: Encode;
  /** Reads a value of a result without known type. */
  readonly decodeRaw: (raw: unknown) => unknown;
  readonly toError: (cause: unknown, sql: string) => MortiseError;
}

/** Makes the door; Kysely itself is made when it is first asked for. */
export function openKyselyDoor(handle: DoorHandle<CompiledSql>, parts: DoorParts): KyselyDoor {
  let kysely: Kysely<DatabaseOf<unknown>> | undefined;
  return {
    schema: undefined,
    get kysely() {
      kysely ??= new Kysely<DatabaseOf<unknown>>({
        dialect: {
          createDriver: () => doorDriver(handle, parts),
          createQueryCompiler: parts.compiler,
          createAdapter: parts.kyselyAdapter,
          createIntrospector: parts.introspector,
        },
      });
      return kysely;
    },
  };
}

function doorDriver(handle: DoorHandle<CompiledSql>, parts: DoorParts): Driver {
  const connection = doorConnection(handle, parts);
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: () => Promise.resolve(),
    beginTransaction: () => Promise.reject(refuseTransaction()),
    commitTransaction: () => Promise.reject(refuseTransaction()),
    rollbackTransaction: () => Promise.reject(refuseTransaction()),
    destroy: () => Promise.resolve(),
  };
}

function refuseTransaction(): TransactionError {
  return new TransactionError("Start transactions with db.transaction(); db.kysely takes part in them by itself.");
}

function doorConnection(handle: DoorHandle<CompiledSql>, parts: DoorParts): DatabaseConnection {
  const known = new StatementMemory(parts.encodeRaw);
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<KyselyResult<R>> {
      try {
        const compiled = known.compiled(query);
        const result = await handle.withConnection((connection) => connection.execute(compiled, query.parameters));
        if (!dataKinds.has(query.query.kind)) handle.tablesChanged();
        const rows = namedRows(result.rows, result.columns ?? [], parts.decodeRaw);
        return { rows: asRowsOf<R>(rows), numAffectedRows: BigInt(result.affected) };
      } catch (cause) {
        throw parts.toError(cause, query.sql);
      }
    },
    streamQuery() {
      throw new UnsupportedError({
        capability: "db.kysely … stream()",
        adapter: parts.name,
        alternative: "Use stream() of a db.from() query.",
      });
    },
  };
}

/** Queries that read and write rows, and leave tables as they are. */
const dataKinds: ReadonlySet<string> = new Set([
  "SelectQueryNode",
  "InsertQueryNode",
  "UpdateQueryNode",
  "DeleteQueryNode",
  "MergeQueryNode",
]);

/** Kysely derives `R` from the query; only the database knows the rows, so that nothing could be checked here. */
function asRowsOf<R>(rows: Record<string, unknown>[]): R[] {
  return rows as R[];
}

function namedRows(
  rows: readonly (readonly unknown[])[],
  columns: readonly string[],
  decode: (raw: unknown) => unknown,
): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, decode(row[index])])));
}

const remembered = 200;

/** The same text is the same compiled statement, so that the driver's statement cache finds it again. */
class StatementMemory {
  readonly #encode: Encode;
  readonly #statements = new Map<string, CompiledSql>();

  constructor(encode: Encode) {
    this.#encode = encode;
  }

  compiled({ sql, parameters }: CompiledQuery): CompiledSql {
    const known = this.#statements.get(sql);
    if (known !== undefined && known.binds.length === parameters.length) return known;
    const made: CompiledSql = Object.freeze({
      sql,
      binds: parameters.map((_, slot) => ({ slot, encode: this.#encode })),
      access: "write",
      namedColumns: true,
      exactIntegers: true,
      reusable: true,
    });
    if (this.#statements.size >= remembered) this.#statements.clear();
    this.#statements.set(sql, made);
    return made;
  }
}
