import { MigrationError } from "@mortise/core/adapter";
import type { Migration } from "../builder/define-migration.ts";
import { loadModule } from "../load-module.ts";
import { checksum, type ModuleFile } from "./migration-file.ts";

/** The migration that a module gives. */
export async function loadMigration({ name, path, text }: ModuleFile): Promise<Migration> {
  const { default: given } = await loadModule(path, checksum(text));
  if (isMigration(given)) return given;
  throw new MigrationError(
    `The migration "${name}" gives none: it needs export default defineMigration({ up(schema) { … } }).`,
  );
}

function isMigration(given: unknown): given is Migration {
  if (typeof given !== "object" || given === null || !("up" in given) || typeof given.up !== "function") return false;
  return !("down" in given) || given.down === undefined || typeof given.down === "function";
}
