import type { Connection as DriverConnection, QueryOptions } from "mysql2";
import { connectError } from "./connect-error.ts";
import type { Driver } from "./load-driver.ts";
import type { MysqlSettings } from "./options.ts";

/** One connection of the driver. */
export type RawConnection = DriverConnection;

/** The answer to a statement: its rows as lists, or what a write did. */
export type Answer = readonly unknown[][] | WriteAnswer;

export interface WriteAnswer {
  readonly affectedRows: number;
  readonly insertId: number | bigint | string;
}

/** A result column, as the server describes it. */
export interface ResultField {
  readonly name: string;
  readonly columnType?: number | undefined;
  /** Digits behind the point. */
  readonly decimals?: number | undefined;
}

export function isRows(answer: Answer): answer is readonly unknown[][] {
  return Array.isArray(answer);
}

/**
 * Opens a connection. Its errors have a listener from the first moment to the last, so that a cut connection never ends the process.
 */
export function openRaw(driver: Driver, settings: MysqlSettings, signal: AbortSignal): Promise<RawConnection> {
  return new Promise((resolve, reject) => {
    const raw = driver.createConnection({
      ...(settings.socketPath === undefined
        ? { host: settings.host, port: settings.port }
        : { socketPath: settings.socketPath }),
      ...(settings.user !== undefined && { user: settings.user }),
      ...(settings.password !== undefined && { password: settings.password }),
      ...(settings.database !== undefined && { database: settings.database }),
      ...(settings.ssl !== undefined && { ssl: { ...tlsOf(settings.ssl), verifyIdentity: true } }),
      charset: "utf8mb4_bin",
      // Prepared statements say nothing beside their values.
      flags: ["FOUND_ROWS", "-CLIENT_QUERY_ATTRIBUTES"],
      multipleStatements: false,
      rowsAsArray: true,
      supportBigNumbers: true,
      bigNumberStrings: false,
      dateStrings: true,
      jsonStrings: true,
      enableKeepAlive: true,
      // The pool's own time-out comes first, since only it can say what to do.
      connectTimeout: settings.pool.createTimeoutMillis + 1000,
    });
    const abort = () => raw.destroy();
    const failed = (cause: unknown) => {
      signal.removeEventListener("abort", abort);
      raw.destroy();
      reject(connectError(cause, settings));
    };
    raw.on("error", failed);
    signal.addEventListener("abort", abort, { once: true });
    raw.once("connect", () => {
      signal.removeEventListener("abort", abort);
      resolve(raw);
    });
  });
}

function tlsOf(ssl: NonNullable<MysqlSettings["ssl"]>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ssl).filter(([, value]) => value !== undefined));
}

/** A statement without parameters, as text. */
export function queryText(
  raw: RawConnection,
  sql: string,
): Promise<{ answer: Answer; fields: readonly ResultField[] }> {
  return new Promise((resolve, reject) => {
    raw.query(textOptions(sql), (cause, answer, fields) => {
      if (cause === null) resolve({ answer: asAnswer(answer), fields: fields ?? [] });
      else reject(cause);
    });
  });
}

function textOptions(sql: string): QueryOptions {
  return { sql, rowsAsArray: true };
}

/** With `rowsAsArray` the driver gives lists, or the header of a write; its types say objects. */
export function asAnswer(answer: unknown): Answer {
  return answer as Answer;
}
