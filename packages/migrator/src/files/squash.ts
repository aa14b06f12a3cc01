import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";
import { stateFromSchema } from "@mortise/core/state";
import { historyOf, requireUnedited, type History } from "./history.ts";
import { migrate, withJournal, type MigrationsOptions } from "./migrate.ts";
import { readMigrations, type MigrationFile } from "./migration-file.ts";
import { slugOf } from "./migration-name.ts";
import { requireNothingMissing, wholeSource } from "./whole-source.ts";

export interface SquashOptions extends Omit<MigrationsOptions, "directory"> {
  readonly directory: string;
  /** What the one migration is called; `squashed` unless said. */
  readonly name?: string | undefined;
}

export interface SquashResult {
  /** The name of the file. */
  readonly file: string;
  readonly replaced: readonly string[];
}

/**
 * Makes one migration of all: a file that makes the schema as the database has it, in place of those that led there.
 *
 * `await squash(db, { directory: "migrations" })`
 *
 * Their files are removed, so that a copy in version control is wise. Other databases where all of them are made take the one in their
 * place at the next `migrate`. Pending or edited migrations are a `MigrationError`, and so are views and the like, which it could not
 * make. What migrations did to rows is not in it.
 */
export async function squash(db: object, options: SquashOptions): Promise<SquashResult> {
  const files = await readMigrations(options);
  const result = await withJournal(db, options, async (held, { tools }, entries) => {
    const history = historyOf(files, entries);
    requireWhole(history);
    const replaced = history.applied.map(({ name }) => name);
    const whole = await wholeSource(held, stateFromSchema(tools.registry), replaced);
    requireNothingMissing(whole, "one migration of all");
    const last = replaced.at(-1) ?? "";
    const name = `${/^\d+/.exec(last)?.[0] ?? last}_${slugOf(options.name ?? "squashed")}`;
    if (files.some((file) => file.name === name)) throw taken(name);
    await writeFile(join(options.directory, `${name}.ts`), whole.source, { flag: "wx" });
    for (const file of files) await removeFiles(file, options.directory);
    return { file: `${name}.ts`, replaced };
  });
  await migrate(db, options);
  return result;
}

function requireWhole(history: History): void {
  requireUnedited(history);
  const { applied, pending, missing } = history;
  if (pending.length > 0)
    throw new MigrationError(
      `Migrations are still to be made: ${pending.map(({ name }) => name).join(", ")}. Run migrate first.`,
    );
  if (missing.length > 0) throw new MigrationError(`Files of applied migrations are gone: ${missing.join(", ")}.`);
  if (applied.length < 2) throw new MigrationError("There are no two migrations that could become one.");
}

function taken(name: string): MigrationError {
  return new MigrationError(`The migration "${name}" is there already. Give the new one another name.`);
}

async function removeFiles(file: MigrationFile, directory: string): Promise<void> {
  if (file.kind === "module") return rm(file.path);
  for (const ending of [".sql", ".up.sql", ".down.sql"])
    await rm(join(directory, `${file.name}${ending}`), { force: true });
}
