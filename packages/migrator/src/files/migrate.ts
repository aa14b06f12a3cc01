import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, LockOptions, SchemaAdapter } from "@mortise/core/state";
import { lockOptions } from "../apply/lock-options.ts";
import { namespacesOf } from "../apply/run-plan.ts";
import { withTools } from "../tools.ts";
import { linesOf } from "./back-entry.ts";
import { foresee } from "./foresee.ts";
import { withJournalIn } from "./journal-namespace.ts";
import { historyOf, requireUnedited, type History } from "./history.ts";
import { loadMigration } from "./load-migration.ts";
import { migrationName, readMigrations, type MigrationFile, type MigrationFolder } from "./migration-file.ts";
import { runMigration } from "./run-migration.ts";
import { makeModule, type ModuleContext } from "./run-module.ts";
import type { OnStatement } from "./statement-ledger.ts";
import { adopt } from "./squashed.ts";
import { takeBack, wayBack, type WayBack } from "./way-back.ts";

/** Where the migrations lie, and where the database remembers which are made. */
export interface MigrationsOptions extends MigrationFolder, LockOptions {
  /** The journal's table; `mortise_migrations` unless said. */
  readonly tableName?: string | undefined;
  /** The namespace of that table (a schema of PostgreSQL, a database of MySQL); the connection's own unless said. */
  readonly schemaName?: string | undefined;
}

export interface MigrateOptions extends MigrationsOptions {
  /** The last migration to make, by its name or the beginning of it. */
  readonly to?: string | undefined;
  /** One migration alone, by its name. */
  readonly only?: string | undefined;
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined;
  readonly onStatement?: OnStatement | undefined;
}

/** What a run did. */
export interface MigrateResult {
  readonly migrations: readonly string[];
  /** Those of them that come before one that was applied already. */
  readonly outOfOrder: readonly string[];
  /** What ran, or would run, as SQL. */
  readonly statements: readonly string[];
}

const lockName = "mortise";
export const usualTable = "mortise_migrations";

/**
 * Makes the migrations of a folder that are not made yet, in the order of their names, alone among all migrators.
 *
 * `await migrate(db, { directory: "migrations" })`
 *
 * Each is written into the journal with a hash of its text: an edited one is a `MigrationError`. Where the engine's DDL allows it, a
 * migration is one transaction; elsewhere a run that was cut off goes on at the next statement. `transaction: false`, or
 * `-- mortise: no transaction` at the beginning of an SQL file, takes it out of the transaction. See `rollback` for the way back.
 */
export async function migrate(db: object, options: MigrateOptions): Promise<MigrateResult> {
  const files = await readMigrations(options);
  return withJournal(db, options, async (held, context, entries) => {
    requireNoneHalfBack(context);
    const history = historyOf(files, entries);
    requireUnedited(history);
    const chosen = choose(history.pending, options);
    const names = chosen.map(({ name }) => name);
    const outOfOrder = history.outOfOrder.filter((name) => names.includes(name));
    if (options.dryRun === true) {
      const run: MigrationFile[] = [];
      for (const file of chosen) if (!(await takesPlace(file, entries))) run.push(file);
      return { migrations: names, outOfOrder, statements: await foresee(held, run, "up", context) };
    }
    const batch = Math.max(0, ...entries.map((entry) => entry.batch)) + 1;
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const statements: string[] = [];
    for (const file of chosen) {
      const entry = byName.get(file.name);
      if (entry === undefined && (await isAdopted(held, file, context, entries))) continue;
      statements.push(...(await make(held, file, entry, { ...context, batch: entry?.batch ?? batch })));
    }
    return { migrations: names, outOfOrder, statements };
  });
}

function requireNoneHalfBack({ backs }: ModuleContext): void {
  const [name] = backs.keys();
  if (name === undefined) return;
  throw new MigrationError(
    `The migration "${name}" was being taken back, and that was cut off in the middle. Run rollback once more, so that it is gone; then migrate.`,
  );
}

/** Whether a migration takes the place of others that are made, so that it is not run. */
async function takesPlace(file: MigrationFile, entries: readonly JournalEntry[]): Promise<boolean> {
  const { replaces = [] } = file.kind === "module" ? await loadMigration(file) : {};
  return entries.some(({ name }) => replaces.includes(name));
}

async function isAdopted(
  held: SchemaAdapter,
  file: MigrationFile,
  { table }: ModuleContext,
  entries: readonly JournalEntry[],
): Promise<boolean> {
  if (file.kind !== "module") return false;
  const { replaces = [] } = await loadMigration(file);
  return adopt(held, table, file, replaces, entries);
}

async function make(
  held: SchemaAdapter,
  file: MigrationFile,
  entry: JournalEntry | undefined,
  context: ModuleContext,
): Promise<readonly string[]> {
  if (file.kind === "module") return makeModule(held, file, await loadMigration(file), entry, context);
  return runMigration(held, file, entry, context);
}

function choose(pending: readonly MigrationFile[], { only, to }: MigrateOptions): readonly MigrationFile[] {
  if (only !== undefined) {
    const found = pending.filter(({ name }) => name === migrationName(only));
    if (found.length === 0) throw new MigrationError(`No migration that is still to be made is called "${only}".`);
    return found;
  }
  return to === undefined ? pending : pending.filter(({ name }) => name <= to || name.startsWith(to));
}

export interface RollbackOptions extends MigrationsOptions, Pick<MigrateOptions, "dryRun" | "onStatement"> {
  /** How many migrations to take back; without it those of the last run. */
  readonly step?: number | undefined;
  /** Takes back everything behind this migration. */
  readonly to?: string | undefined;
}

/**
 * Takes migrations back by their `down`, the last one first: those of the last run, or as many as `step` says.
 *
 * `await rollback(db, { directory: "migrations", step: 1 })`
 *
 * One without a way back, or with a reason why there is none, is a `MigrationError` before anything is touched. Where statements commit
 * one by one, a run that was cut off goes on at the next statement when it is run again.
 */
export async function rollback(db: object, options: RollbackOptions): Promise<MigrateResult> {
  const files = await readMigrations(options);
  return withJournal(db, options, async (held, context, entries) => {
    // What failed on its way back may be mended; the statements that are made are compared by themselves.
    requireUnedited(
      historyOf(
        files,
        entries.filter(({ name }) => !context.backs.has(name)),
      ),
    );
    const back = chooseBack(entries, options);
    const ways: WayBack[] = [];
    for (const entry of back) ways.push(await wayBack(entry, files));
    const migrations = back.map(({ name }) => name);
    if (options.dryRun === true)
      return { migrations, outOfOrder: [], statements: await foresee(held, ways, "down", context) };
    const statements: string[] = [];
    for (const way of ways) statements.push(...(await takeBack(held, way, context)));
    return { migrations, outOfOrder: [], statements };
  });
}

/** Takes every migration back, the last one first. */
export function reset(db: object, options: Omit<RollbackOptions, "step" | "to">): Promise<MigrateResult> {
  return rollback(db, { ...options, step: Number.POSITIVE_INFINITY });
}

function chooseBack(entries: readonly JournalEntry[], { step, to }: RollbackOptions): readonly JournalEntry[] {
  const latest = entries.toReversed();
  if (to !== undefined) return latest.filter(({ name }) => name > to && !name.startsWith(to));
  if (step !== undefined) return latest.slice(0, step);
  const last = Math.max(0, ...entries.map((entry) => entry.batch));
  return latest.filter(({ batch }) => batch === last);
}

/** What is made and what is not: applied, pending, out of order, edited, and those whose file is gone. */
export async function status(db: object, options: MigrationsOptions): Promise<History> {
  const files = await readMigrations(options);
  return withJournal(db, options, async (_held, _context, entries) => historyOf(files, entries));
}

/** The migrations that are made, in their order, as the database remembers them. */
export function list(
  db: object,
  options: Pick<MigrationsOptions, "tableName" | "schemaName" | "lockTimeout"> = {},
): Promise<History["applied"]> {
  return withJournal(db, options, async (_held, _context, entries) => historyOf([], entries).applied);
}

/** Runs a body alone among all migrators, with what the journal says. */
export async function withJournal<T>(
  db: object,
  options: Pick<MigrateOptions, "tableName" | "schemaName" | "onStatement" | "lockTimeout">,
  body: (held: SchemaAdapter, context: ModuleContext, entries: readonly JournalEntry[]) => Promise<T>,
): Promise<T> {
  const { tableName: table = usualTable, schemaName, onStatement } = options;
  const patience = lockOptions(options);
  return withTools(db, (schema, desired, tools) => {
    const run = async (locked: SchemaAdapter): Promise<T> => {
      const held = withJournalIn(locked, schemaName);
      await held.journal.create(table);
      const { entries, backs, done } = linesOf(await held.journal.read(table));
      for (const name of done) await held.journal.remove(table, name);
      const context = { table, onStatement, tools, namespaces: namespacesOf(desired), batch: 0, backs };
      return body(held, context, entries);
    };
    return schema.lock(lockName, run, patience);
  });
}
