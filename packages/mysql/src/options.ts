import { InvalidValueError } from "@mortise/core/adapter";
import { poolSettingsOf, type PoolOptions, type PoolSettings } from "@mortise/sql";

/** What of TLS can be said; certificates are checked unless `rejectUnauthorized` is false. */
export interface MysqlTls {
  readonly ca?: string | Uint8Array | undefined;
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | undefined;
  readonly passphrase?: string | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
}

/** How to reach a MySQL or MariaDB server. */
export interface MysqlOptions {
  /** `mysql://user:password@host:port/database`; what is said beside it wins. */
  readonly uri?: string | undefined;
  /** Another name for `uri`. */
  readonly connectionString?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** The path of a socket, instead of host and port. */
  readonly socketPath?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  /** Only utf8mb4 holds every text, and it is what is used. */
  readonly charset?: "utf8mb4" | undefined;
  /** The session's zone, for raw SQL only; UTC unless said otherwise. Columns hold UTC whatever it is. */
  readonly timezone?: string | undefined;
  /** TLS; `true` checks the server's certificate and name. */
  readonly ssl?: boolean | MysqlTls | undefined;
  readonly pool?: PoolOptions | undefined;
}

/** The options with everything said. */
export interface MysqlSettings {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly timezone: string;
  readonly ssl: MysqlTls | undefined;
  readonly pool: PoolSettings;
}

const known: ReadonlySet<string> = new Set([
  "uri",
  "connectionString",
  "host",
  "port",
  "socketPath",
  "user",
  "password",
  "database",
  "charset",
  "timezone",
  "ssl",
  "pool",
]);

export function settingsOf(options: MysqlOptions): MysqlSettings {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const why =
      name === "multipleStatements" ? ": one call is one statement" : ` it knows. It takes: ${[...known].join(", ")}`;
    throw refused(`has no option ${JSON.stringify(name)}${why}`);
  }
  const { uri = options.connectionString } = options;
  const named = uri === undefined ? {} : partsOf(uri);
  const merged = {
    ...named,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
  const {
    host = "localhost",
    port = 3306,
    timezone = "+00:00",
    charset = "utf8mb4",
    ssl = false,
  }: MysqlOptions = merged;
  if (!Number.isSafeInteger(port) || port < 1 || port > 65_535) throw refused("takes port as a number from 1 to 65535");
  if (charset !== "utf8mb4") throw refused('takes the charset "utf8mb4" only, since no other holds every text');
  if (!/^([+-]\d\d:\d\d|[A-Za-z_+\-/0-9]+)$/.test(timezone)) throw refused('takes a timezone such as "+00:00"');
  return Object.freeze<MysqlSettings>({
    host,
    port,
    socketPath: merged.socketPath,
    user: merged.user,
    password: merged.password,
    database: merged.database,
    timezone: /^(utc|z)$/i.test(timezone) ? "+00:00" : timezone,
    ssl: ssl === true ? {} : ssl === false ? undefined : ssl,
    pool: poolSettingsOf(options.pool),
  });
}

/** The parts that an address names. It may carry `ssl=true` and nothing else, so that no driver option hides in it. */
function partsOf(uri: string): MysqlOptions {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !/^(mysql|mariadb):$/.test(url.protocol)) {
    throw refused("takes an address like mysql://user:password@host:3306/database");
  }
  for (const [name, value] of url.searchParams) {
    if (name !== "ssl" || !/^(true|false)$/.test(value))
      throw refused(`takes no ${JSON.stringify(name)} in its address`);
  }
  const text = (part: string) => (part === "" ? undefined : decodeURIComponent(part));
  return {
    host: text(url.hostname.replace(/^\[|\]$/g, "")),
    port: url.port === "" ? undefined : Number(url.port),
    user: text(url.username),
    password: text(url.password),
    database: text(url.pathname.slice(1)),
    ssl: url.searchParams.get("ssl") === "true" ? true : undefined,
  };
}

function refused(what: string): InvalidValueError {
  return new InvalidValueError(`mysql() ${what}.`);
}
