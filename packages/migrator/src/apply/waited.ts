import { LockTimeoutError } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";

/** What there is to say of a statement that waited too long for a table: why, and where to look for who holds it. */
export function waited(cause: unknown, { lockHint }: Pick<SchemaAdapter, "lockHint">): string | undefined {
  if (!(cause instanceof LockTimeoutError)) return undefined;
  const said =
    "Another session holds a lock on a table that the statement needs, and did not let go in time, so nothing of the statement was done.";
  return lockHint === undefined ? said : `${said} ${lockHint}`;
}
