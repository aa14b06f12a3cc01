import { ConnectionError } from "@mortise/core/adapter";
import { PooledSource, type PooledDriver } from "@mortise/sql";
import type { Client, ClientConfig } from "pg";
import { PgConnection } from "./connection.ts";
import { loadDriver, type PgDriver } from "./load-driver.ts";
import type { PostgresSettings } from "./options.ts";
import { isServerError } from "./server-error.ts";

/** The connections of a database: opened when they are needed, kept in a pool. */
export function connectPool(settings: PostgresSettings): PooledSource<PgConnection> {
  const driver: PooledDriver<PgConnection> = {
    connect: (signal) => openConnection(settings, signal),
    isBroken: (connection) => connection.broken,
    close: (connection) => connection.close(),
  };
  return new PooledSource<PgConnection>(driver, settings.pool);
}

async function openConnection(settings: PostgresSettings, signal: AbortSignal): Promise<PgConnection> {
  const driver = await loadDriver();
  const client = createClient(driver, settings);
  // The one listener that the client has from its first to its last moment: without it a cut would end the process.
  client.on("error", () => undefined);
  const giveUp = (): void => void client.connection.stream.destroy();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await client.connect();
    const connection = new PgConnection(client, driver, settings.statementTimeout);
    await setUp(client, settings.session);
    return connection;
  } catch (cause) {
    giveUp();
    throw connectionError(cause, client);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function createClient(driver: PgDriver, { address }: PostgresSettings): Client {
  const config: ClientConfig = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
  for (const [name, value] of Object.entries(address)) if (value !== undefined) Reflect.set(config, name, value);
  try {
    return new driver.Client(config);
  } catch (cause) {
    throw new ConnectionError(
      "The connectionString of postgres() cannot be read; write it like postgres://user@host:5432/database.",
      {
        cause: cause instanceof Error ? cause.name : undefined,
      },
    );
  }
}

/** While a statement runs the server looks once a second whether anybody still waits for it; only some systems can tell. */
const watchClient =
  "case when version() ~ 'linux' then set_config('client_connection_check_interval', '1000', false) end";

/** One round trip for all settings, as parameters. */
async function setUp(client: Client, session: PostgresSettings["session"]): Promise<void> {
  const entries = Object.entries(session);
  const calls = entries.map((_, at) => `set_config($${at * 2 + 1}, $${at * 2 + 2}, false)`);
  await client.query({ text: `select ${[...calls, watchClient].join(", ")}`, values: entries.flat() });
}

/** Why a connection could not be opened, in one sentence without the password. */
function connectionError(cause: unknown, client: Client): ConnectionError {
  const where = client.host.startsWith("/") ? client.host : `${client.host}:${client.port}`;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const said = isServerError(cause) ? serverReasons[code] : systemReasons[code];
  const reason = said?.(client);
  if (reason !== undefined) return new ConnectionError(`PostgreSQL at ${where} ${reason}`, { cause });
  const message = cause instanceof Error ? cause.message : "";
  return new ConnectionError(`PostgreSQL at ${where} cannot be reached: ${message || "the connection ended"}.`, {
    cause,
  });
}

type Reason = (client: Client) => string;

const serverReasons: Readonly<Record<string, Reason>> = {
  "28P01": ({ user }) => `refuses the password of the user "${user}".`,
  "28000": ({ user }) => `does not let the user "${user}" in: it does not know the name, or pg_hba.conf keeps it out.`,
  "3D000": ({ database }) => `has no database "${database}".`,
  "53300": () => "has no connection left; lower pool.max or raise max_connections.",
  "57P03": () => "is starting up or shutting down; try again in a moment.",
};

const systemReasons: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: () => "refuses connections: is it running, and are host and port right?",
  ENOTFOUND: () => "is not known by this name; is the host right?",
  EAI_AGAIN: () => "is not known by this name just now; is the network up?",
  ENOENT: () => "has no socket here; is it running?",
  ETIMEDOUT: () => "does not answer; is the host right, and does a firewall stand between?",
};
