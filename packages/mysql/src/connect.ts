import { ConnectionError } from "@mortise/core/adapter";
import { PooledSource, type PooledDriver } from "@mortise/sql";
import { MysqlConnection, type SessionFacts } from "./connection.ts";
import { mysqlError } from "./errors.ts";
import { loadDriver, type Driver } from "./load-driver.ts";
import type { MysqlSettings } from "./options.ts";
import { isRows, openRaw, queryText, type RawConnection } from "./raw-connection.ts";
import { serverOf, type Server } from "./server.ts";
import { Stopper } from "./stopper.ts";

/** Opens the pool, and tells which server answered before any query is planned. */
export async function connectPool(
  settings: MysqlSettings,
  met: (server: Server) => void,
): Promise<PooledSource<MysqlConnection>> {
  const driver = loadDriver();
  const source = new PooledSource(pooledDriver(driver, settings), settings.pool);
  try {
    const first = await source.acquire();
    met(first.server);
    source.release(first);
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function pooledDriver(driver: Driver, settings: MysqlSettings): PooledDriver<MysqlConnection> {
  const stopper = new Stopper((signal) => openRaw(driver, settings, signal));
  return {
    connect: async (signal) => {
      const raw = await openRaw(driver, settings, signal);
      try {
        const facts = await setUp(raw, settings);
        return new MysqlConnection(raw, facts, stopper);
      } catch (cause) {
        raw.destroy();
        throw mysqlError(cause, { sql: undefined, model: undefined });
      }
    },
    isBroken: (connection) => connection.isBroken,
    close: (connection) => connection.close(),
  };
}

/** Strict: nothing is cut, rounded to zero or guessed; 0 is a value of an increment column like any other; `||` joins texts. */
const sqlMode = [
  "ONLY_FULL_GROUP_BY",
  "STRICT_TRANS_TABLES",
  "STRICT_ALL_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ENGINE_SUBSTITUTION",
  "NO_AUTO_VALUE_ON_ZERO",
  "PIPES_AS_CONCAT",
].join(",");

/** Every session speaks utf8mb4, compares texts exactly, is strict and in the one zone. Tells the server's family. */
async function setUp(raw: RawConnection, settings: MysqlSettings): Promise<SessionFacts> {
  const server = serverOf(await ask(raw, "version()"));
  await queryText(raw, `set names utf8mb4 collate ${server.collation}`);
  const zone = settings.timezone.replaceAll("'", "");
  await queryText(
    raw,
    `set sql_mode = '${sqlMode}', time_zone = '${zone}', autocommit = 1, sql_safe_updates = 0, sql_auto_is_null = 0, ` +
      `div_precision_increment = 30${server.session}`,
  );
  const isolation = await ask(raw, server.isolation);
  return { server, isolation: isolation.replace("-", " ").toLowerCase() };
}

/** One text that the server tells of itself. */
async function ask(raw: RawConnection, expression: string): Promise<string> {
  const { answer } = await queryText(raw, `select ${expression}`);
  const value = isRows(answer) ? answer[0]?.[0] : undefined;
  if (typeof value === "string") return value;
  throw new ConnectionError(`The server does not say its ${expression}.`);
}
