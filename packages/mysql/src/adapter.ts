import { sqlAdapter, type CompiledSql, type SqlAdapter } from "@mortise/sql";
import { MysqlAdapter, MysqlIntrospector } from "kysely";
import { capabilitiesOf } from "./capabilities.ts";
import { CheckedNamesCompiler } from "./checked-names-compiler.ts";
import { connectPool } from "./connect.ts";
import { dialectOf } from "./dialect.ts";
import { mysqlError } from "./errors.ts";
import { settingsOf, type MysqlOptions, type MysqlSettings } from "./options.ts";
import { decoderFor } from "./result-decoder.ts";
import { mariadbServer, mysqlServer, type Server } from "./server.ts";
import { codecFor } from "./types.ts";

/**
 * The adapter of MySQL and MariaDB. It is that of MySQL until it has met a server, and that of the server from then on; core connects
 * before it plans.
 */
export function mysqlAdapter(options: MysqlOptions): SqlAdapter {
  const settings = settingsOf(options);
  let current: SqlAdapter;
  const met = (server: Server): void => {
    current = adapters[server === mariadbServer ? "mariadb" : "mysql"];
  };
  const adapters = { mysql: adapterOf(mysqlServer, settings, met), mariadb: adapterOf(mariadbServer, settings, met) };
  current = adapters.mysql;
  return Object.freeze<SqlAdapter>({
    name: current.name,
    get capabilities() {
      return current.capabilities;
    },
    plansAfterConnect: true,
    codecFor,
    decoderFor,
    compile: (query) => current.compile(query),
    describe: (compiled, values, withParameters) => current.describe(compiled, values, withParameters),
    connect: () => current.connect(),
    createContext: () => current.createContext(),
    toError: (cause, query) => current.toError(cause, query),
    open: (handle) => current.open(handle),
    openSchema: (handle) => current.openSchema(handle),
  });
}

function adapterOf(server: Server, settings: MysqlSettings, met: (server: Server) => void): SqlAdapter {
  return sqlAdapter({
    dialect: dialectOf(server),
    capabilities: capabilitiesOf(server),
    compiler: () => new CheckedNamesCompiler(),
    kyselyAdapter: () => new MysqlAdapter(),
    introspector: (db) => new MysqlIntrospector(db),
    decoderFor,
    connect: () => connectPool(settings, met),
    toError: mysqlError,
    openSchema: async (handle) => {
      const { mysqlSchema } = await import("./migration.ts");
      return mysqlSchema(handle, { server, compileText, toError });
    },
  });
}

/** Statements of the migrator run once. */
function compileText(sql: string, columns: number): CompiledSql {
  return {
    sql,
    binds: [],
    access: "write",
    namedColumns: columns > 0,
    untyped: [],
    exactIntegers: false,
    reusable: false,
  };
}

function toError(cause: unknown) {
  return mysqlError(cause, { sql: undefined, model: undefined });
}
