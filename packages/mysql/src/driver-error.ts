/** What an error of the driver or of the server says in fields. */
export interface DriverFailure {
  /** The server's number, 0 for errors of the driver and the network. */
  readonly errno: number;
  readonly code: string;
  readonly message: string;
  /** After such an error the connection is gone. */
  readonly fatal: boolean;
}

/** The fields of an error, or `undefined` for anything that is not the driver's. */
export function driverFailure(cause: unknown): DriverFailure | undefined {
  if (!(cause instanceof Error) || !("code" in cause || "errno" in cause || "fatal" in cause)) return undefined;
  const errno = "errno" in cause && typeof cause.errno === "number" && cause.errno > 0 ? cause.errno : 0;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const fatal = ("fatal" in cause && cause.fatal === true) || (errno === 0 && networkCodes.has(code));
  return { errno, code, message: cause.message, fatal: fatal || lostNumbers.has(errno) };
}

const networkCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "ENOENT",
  "EACCES",
  "PROTOCOL_CONNECTION_LOST",
  "HANDSHAKE_SSL_ERROR",
  "HANDSHAKE_NO_SSL_SUPPORT",
]);

/** Shut down, killed, idle for too long, a packet that broke the protocol. */
const lostNumbers: ReadonlySet<number> = new Set([
  1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 4031,
]);

/** True when the connection cannot be used any more. */
export function isFatal(cause: unknown): boolean {
  return driverFailure(cause)?.fatal === true;
}

/** The server's number for an error, 0 for none. */
export function serverNumber(cause: unknown): number {
  return driverFailure(cause)?.errno ?? 0;
}
