import { ConnectionError, type MortiseError } from "@mortise/core/adapter";
import { driverFailure } from "./driver-error.ts";
import { mysqlError } from "./errors.ts";
import type { MysqlSettings } from "./options.ts";

type Address = Pick<MysqlSettings, "host" | "port" | "socketPath" | "user" | "database">;

/** Why a connection could not be opened; who was refused, and by which server, in one sentence without the password. */
export function connectError(cause: unknown, settings: Address): MortiseError {
  const reason = refusals[driverFailure(cause)?.errno ?? 0];
  if (reason === undefined) return mysqlError(cause, { sql: undefined, model: undefined });
  const where = settings.socketPath ?? `${settings.host}:${settings.port}`;
  return new ConnectionError(`The server at ${where} ${reason(settings)}`, { cause });
}

const refusesUser = ({ user = "" }: Address): string =>
  `refuses the user "${user}": look at user and password, and from where the user may connect.`;

const refusals: Readonly<Record<number, (settings: Address) => string>> = {
  1044: ({ user = "", database = "" }) => `gives the user "${user}" no rights on the database "${database}".`,
  1045: refusesUser,
  1698: refusesUser,
  3118: ({ user = "" }) => `has locked the user "${user}".`,
  3955: ({ user = "" }) => `has locked the user "${user}" after too many wrong passwords.`,
};
