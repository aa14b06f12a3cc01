import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter } from "@mortise/core/state";
import { withTools } from "../tools.ts";
import { historyOf, requireUnedited, type History } from "./history.ts";
import { directive, readMigrations, type MigrationFile } from "./migration-file.ts";
import { runMigration, type OnStatement } from "./run-migration.ts";

export interface MigrateOptions {
  /** The folder of the migrations. */
  readonly directory: string;
  /** The journal's table; `mortise_migrations` unless said. */
  readonly tableName?: string;
  /** The last migration to make, by its name or the beginning of it. */
  readonly to?: string;
  /** One migration alone, by its name. */
  readonly only?: string;
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean;
  readonly onStatement?: OnStatement;
}

/** What a run did. */
export interface MigrateResult {
  readonly migrations: readonly string[];
  /** Those of them that come before one that was applied already. */
  readonly outOfOrder: readonly string[];
}

const lockName = "mortise";
const usualTable = "mortise_migrations";

/**
 * Makes the migrations of a folder that are not made yet, in the order of their names, alone among all migrators.
 *
 * `await migrate(db, { directory: "migrations" })`
 *
 * Each is written into the journal with a hash of its text: an edited one is a `MigrationError`. Where the engine's DDL allows it, a
 * migration is one transaction; elsewhere a run that was cut off goes on at the next statement. `-- mortise: no transaction` at the
 * beginning of a file takes it out of the transaction. See `rollback` for the way back.
 */
export async function migrate(db: object, options: MigrateOptions): Promise<MigrateResult> {
  const files = await readMigrations(options.directory);
  return withJournal(db, options, async (held, table, entries) => {
    const history = historyOf(files, entries);
    requireUnedited(history);
    const chosen = choose(history.pending, options);
    const names = chosen.map(({ name }) => name);
    const result = { migrations: names, outOfOrder: history.outOfOrder.filter((name) => names.includes(name)) };
    if (options.dryRun === true) return result;
    const batch = Math.max(0, ...entries.map((entry) => entry.batch)) + 1;
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    for (const file of chosen) {
      const entry = byName.get(file.name);
      await runMigration(held, file, entry, { table, batch: entry?.batch ?? batch, onStatement: options.onStatement });
    }
    return result;
  });
}

function choose(pending: readonly MigrationFile[], { only, to }: MigrateOptions): readonly MigrationFile[] {
  if (only !== undefined) {
    const found = pending.filter(({ name }) => name === only.replace(/(\.up)?\.sql$/, ""));
    if (found.length === 0) throw new MigrationError(`No migration that is still to be made is called "${only}".`);
    return found;
  }
  return to === undefined ? pending : pending.filter(({ name }) => name <= to || name.startsWith(to));
}

export interface RollbackOptions extends Pick<MigrateOptions, "directory" | "tableName" | "dryRun" | "onStatement"> {
  /** How many migrations to take back; without it those of the last run. */
  readonly step?: number;
  /** Takes back everything behind this migration. */
  readonly to?: string;
}

/**
 * Takes migrations back by their `.down.sql`, the last one first: those of the last run, or as many as `step` says.
 *
 * `await rollback(db, { directory: "migrations", step: 1 })`
 *
 * One without a way back, or with `-- mortise: irreversible: why`, is a `MigrationError` before anything is touched.
 */
export async function rollback(db: object, options: RollbackOptions): Promise<MigrateResult> {
  const files = await readMigrations(options.directory);
  return withJournal(db, options, async (held, table, entries) => {
    requireUnedited(historyOf(files, entries));
    const back = chooseBack(entries, options);
    const ways = back.map((entry) => ({ entry, down: downOf(entry, files) }));
    const result = { migrations: back.map(({ name }) => name), outOfOrder: [] };
    if (options.dryRun === true) return result;
    for (const { entry, down } of ways) await takeBack(held, table, entry, down, options.onStatement);
    return result;
  });
}

function chooseBack(entries: readonly JournalEntry[], { step, to }: RollbackOptions): readonly JournalEntry[] {
  const latest = entries.toReversed();
  if (to !== undefined) return latest.filter(({ name }) => name > to && !name.startsWith(to));
  if (step !== undefined) return latest.slice(0, step);
  const last = Math.max(0, ...entries.map((entry) => entry.batch));
  return latest.filter(({ batch }) => batch === last);
}

function downOf({ name, done, total }: JournalEntry, files: readonly MigrationFile[]): string {
  if (done < total) {
    throw new MigrationError(
      `The migration "${name}" was cut off in the middle. Run migrate first, so that it is whole.`,
    );
  }
  const file = files.find((one) => one.name === name);
  if (file === undefined)
    throw new MigrationError(`The file of the migration "${name}" is gone, and with it the way back.`);
  const reason = directive(file.down ?? "", "irreversible");
  if (reason !== undefined) throw new MigrationError(`The migration "${name}" cannot be taken back. ${reason}`.trim());
  if (file.down !== undefined) return file.down;
  throw new MigrationError(`The migration "${name}" has no way back: there is no "${name}.down.sql".`);
}

async function takeBack(
  held: SchemaAdapter,
  table: string,
  { name }: JournalEntry,
  down: string,
  onStatement: OnStatement | undefined,
): Promise<void> {
  const statements = held.script(down);
  const run = async (inside: SchemaAdapter): Promise<void> => {
    for (const [index, statement] of statements.entries()) {
      onStatement?.(name, inside.describe(statement), index, statements.length);
      await inside.run(statement);
    }
    await inside.journal.remove(table, name);
  };
  await (directive(down, "no transaction") === undefined ? held.atomic(run) : run(held));
}

/** What is made and what is not: applied, pending, out of order, edited, and those whose file is gone. */
export async function status(db: object, options: Pick<MigrateOptions, "directory" | "tableName">): Promise<History> {
  const files = await readMigrations(options.directory);
  return withJournal(db, options, async (_held, _table, entries) => historyOf(files, entries));
}

async function withJournal<T>(
  db: object,
  { tableName: table = usualTable }: Pick<MigrateOptions, "tableName">,
  body: (held: SchemaAdapter, table: string, entries: readonly JournalEntry[]) => Promise<T>,
): Promise<T> {
  return withTools(db, (schema) =>
    schema.lock(lockName, async (held) => {
      await held.journal.create(table);
      return body(held, table, await held.journal.read(table));
    }),
  );
}
