import { MigrationError } from "@mortise/core/adapter";

/** A statement of a migration that the database refused. */
export function statementFailed(
  name: string,
  index: number,
  total: number,
  kept: string,
  cause: unknown,
): MigrationError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new MigrationError(`The migration "${name}" failed at statement ${index + 1} of ${total}. ${said}${kept}`, {
    cause,
  });
}
