/** What can be told of an error of better-sqlite3 without loading it: its class has a name and a `code`. */
export function driverCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return undefined;
  return cause.code.startsWith("SQLITE_") ? cause.code : undefined;
}

/** Another connection holds a lock that it will let go. A stale snapshot stays stale, so that waiting does not help it. */
export function isWorthWaiting(cause: unknown): boolean {
  const code = driverCode(cause);
  return code === "SQLITE_BUSY" || code === "SQLITE_BUSY_RECOVERY" || code === "SQLITE_BUSY_TIMEOUT";
}
