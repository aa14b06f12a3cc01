import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";
import { stateFromSchema } from "@mortise/core/state";
import { withJournal, type MigrationsOptions } from "./migrate.ts";
import { readMigrations } from "./migration-file.ts";
import { slugOf, stampOf } from "./migration-name.ts";
import { madeEntry } from "./squashed.ts";
import { wholeSource } from "./whole-source.ts";

export interface BaselineOptions extends Omit<MigrationsOptions, "directory"> {
  readonly directory: string;
  /** Marks the migrations up to this one as made, by its name or the beginning of it, instead of writing one. */
  readonly to?: string | undefined;
  /** What the first migration is called; `baseline` unless said. */
  readonly name?: string | undefined;
  readonly at?: Date | undefined;
}

export interface BaselineResult {
  /** The file that was written, if one was. */
  readonly file: string | undefined;
  /** The migrations that count as made now. */
  readonly marked: readonly string[];
  /** What the database has that the migration cannot make: views and the like. */
  readonly missing: readonly string[];
}

/**
 * Begins with migrations on a database that is there: writes the first one, which makes all that it has, and marks it as made.
 *
 * `await baseline(db, { directory: "migrations" })`
 *
 * With `to` nothing is written: the files up to that one are marked, as their work is done already. A database whose journal has
 * migrations is refused without `to`.
 */
export async function baseline(db: object, options: BaselineOptions): Promise<BaselineResult> {
  const { to, directory, name = "baseline", at = new Date() } = options;
  if (to !== undefined) return mark(db, to, options);
  await mkdir(directory, { recursive: true });
  return withJournal(db, options, async (held, { table, tools }, entries) => {
    if (entries.length > 0) throw begun();
    const whole = await wholeSource(held, stateFromSchema(tools.registry), []);
    const stem = `${stampOf(at)}_${slugOf(name)}`;
    const path = join(directory, `${stem}.ts`);
    await writeFile(path, whole.source, { flag: "wx" });
    await held.journal.insert(table, madeEntry({ kind: "module", name: stem, text: whole.source, path }, 1));
    return { file: `${stem}.ts`, marked: [stem], missing: whole.missing };
  });
}

function begun(): MigrationError {
  return new MigrationError(
    "Migrations were made on this database already, so there is no first one to write. Mark files as made with { to }.",
  );
}

async function mark(db: object, to: string, options: BaselineOptions): Promise<BaselineResult> {
  const files = await readMigrations(options);
  const wanted = files.filter(({ name }) => name <= to || name.startsWith(to));
  if (wanted.length === 0) throw new MigrationError(`There is no migration up to "${to}".`);
  return withJournal(db, options, async (held, { table }, entries) => {
    const known = new Map(entries.map((entry) => [entry.name, entry]));
    const cut = wanted.find(({ name }) => (known.get(name)?.done ?? 0) < (known.get(name)?.total ?? 0));
    if (cut !== undefined)
      throw new MigrationError(`The migration "${cut.name}" was cut off in the middle. Run migrate first.`);
    const open = wanted.filter(({ name }) => !known.has(name));
    const batch = Math.max(0, ...entries.map((entry) => entry.batch)) + 1;
    await held.atomic(async (inside) => {
      for (const file of open) await inside.journal.insert(table, madeEntry(file, batch));
    });
    return { file: undefined, marked: open.map(({ name }) => name), missing: [] };
  });
}
