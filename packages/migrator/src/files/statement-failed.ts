import { MigrationError } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import { waited } from "../apply/waited.ts";

/** A statement of a migration that the database refused. */
export function statementFailed(
  name: string,
  index: number,
  total: number,
  kept: string,
  cause: unknown,
  schema: Pick<SchemaAdapter, "lockHint">,
): MigrationError {
  const said = waited(cause, schema) ?? (cause instanceof Error ? cause.message : String(cause));
  return new MigrationError(`The migration "${name}" failed at statement ${index + 1} of ${total}. ${said}${kept}`, {
    cause,
  });
}
