import { MigrationError } from "@mortise/core/adapter";

/** Something is wrong with the configuration, the command line or a file of the application: a sentence that names it. */
export function configError(message: string, cause?: unknown): MigrationError {
  return new MigrationError(message, cause === undefined ? {} : { cause });
}
