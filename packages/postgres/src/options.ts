import { InvalidValueError } from "@mortise/core/adapter";
import { poolSettingsOf, type PoolOptions, type PoolSettings } from "@mortise/sql";
import type { ConnectionOptions } from "node:tls";

/** How to reach a PostgreSQL database. What is left out comes from `PGHOST` and its like, as with every PostgreSQL program. */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database?sslmode=verify-full`; what it says goes before the other options. */
  readonly connectionString?: string | undefined;
  /** A name, an address, or the folder of a Unix socket. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  /** A text, or a function that gives one each time a connection is opened. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  readonly database?: string | undefined;
  /** `true` asks for TLS and checks the certificate; options of `tls.connect` say more. */
  readonly ssl?: boolean | ConnectionOptions | undefined;
  /** The namespaces in which tables are looked for, the first of which new tables are made in. */
  readonly searchPath?: string | readonly string[] | undefined;
  /** The time zone of the session, for SQL of your own; UTC unless said otherwise. Values of models are the same in any. */
  readonly timezone?: string | undefined;
  /** The name under which the server lists the connections; `mortise` unless said otherwise. */
  readonly applicationName?: string | undefined;
  /** After how many milliseconds the server stops a statement; never unless said otherwise. */
  readonly statementTimeout?: number | undefined;
  readonly pool?: PoolOptions | undefined;
}

/** The options with everything said. */
export interface PostgresSettings {
  readonly address: Omit<PostgresOptions, "pool" | "searchPath" | "timezone" | "applicationName" | "statementTimeout">;
  /** Settings of the session, by the server's names. */
  readonly session: Readonly<Record<string, string>>;
  readonly statementTimeout: number | undefined;
  readonly pool: PoolSettings;
}

const longest = 2 ** 31 - 1;

/** Checks the options. Nothing connects yet. */
export function settingsOf(options: PostgresOptions): PostgresSettings {
  const { pool, searchPath, timezone = "UTC", applicationName = "mortise", statementTimeout, ...address } = options;
  if (statementTimeout !== undefined && !isMilliseconds(statementTimeout)) {
    throw new InvalidValueError("postgres() takes statementTimeout in whole milliseconds, 1 or more.");
  }
  return {
    address,
    session: {
      timezone,
      application_name: applicationName,
      ...(searchPath !== undefined && { search_path: searchPathText(searchPath) }),
      ...(statementTimeout !== undefined && { statement_timeout: String(statementTimeout) }),
      ...forms,
    },
    statementTimeout,
    pool: poolSettingsOf(pool),
  };
}

/** The forms in which the decoders read values and the compiler writes texts, whatever the server's own settings are. */
const forms = {
  client_encoding: "UTF8",
  standard_conforming_strings: "on",
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  transform_null_equals: "off",
};

function isMilliseconds(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= longest;
}

/** Names are quoted; a text is taken as PostgreSQL takes it: `app, public`. */
function searchPathText(path: string | readonly string[]): string {
  if (typeof path === "string") return path;
  return path.map((name) => `"${name.replaceAll('"', '""')}"`).join(", ");
}
