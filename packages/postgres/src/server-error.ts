/** An error that the server sent, by its fields. Its text may be in any language and decides nothing. */
export interface ServerError extends Error {
  /** Five characters: the SQLSTATE. */
  readonly code: string;
  readonly routine?: string | undefined;
  readonly table?: string | undefined;
  readonly schema?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
  readonly dataType?: string | undefined;
}

export function isServerError(error: unknown): error is ServerError {
  return (
    error instanceof Error &&
    "severity" in error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** After these the server ends the session by itself. */
export function endsSession(error: unknown): boolean {
  return isServerError(error) && (error.code.startsWith("08") || ends.has(error.code));
}

const ends: ReadonlySet<string> = new Set(["57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"]);

/** The server no longer knows a prepared statement in the form it was prepared: tables have changed, or a proxy has. */
export function isStaleStatement(error: unknown): boolean {
  if (!isServerError(error)) return false;
  return error.code === "26000" || (error.code === "0A000" && error.routine === "RevalidateCachedQuery");
}
