import { MigrationError } from "@mortise/core/adapter";
import { canonicalText, sortState, type JournalEntry, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import { migrationOf } from "./back-entry.ts";
import { checksum, directive, type SqlFile } from "./migration-file.ts";
import { changesRows, opensTransactions } from "./row-statement.ts";
import { statementFailed } from "./statement-failed.ts";
import type { OnStatement } from "./statement-ledger.ts";

export interface RunContext {
  readonly table: string;
  readonly batch: number;
  readonly onStatement: OnStatement | undefined;
}

/**
 * Makes one migration and writes it into the journal: in one transaction with it where the engine can, else statement by statement,
 * so that a run that was cut off goes on where it stopped. What a statement found is written down before it: a database that looks
 * different tells that it was made, even if nothing more was written.
 */
export async function runMigration(
  held: SchemaAdapter,
  file: SqlFile,
  entry: JournalEntry | undefined,
  context: RunContext,
): Promise<readonly string[]> {
  const statements = held.script(file.text);
  const texts = statements.map((statement) => held.describe(statement));
  const name = migrationOf(file.name);
  const told = (index: number): void => context.onStatement?.(name, texts[index] ?? "", index, texts.length);
  const journalled: JournalEntry = entryFor(file, texts, entry?.done ?? 0, context.batch);
  if (entry !== undefined) requireSameStart(entry, texts);
  const isWhole = held.stepsCommit !== true && directive(file.text, "no transaction") === undefined;
  if (isWhole) {
    await held.atomic(async (inside) => {
      for (const [index, statement] of statements.entries()) {
        told(index);
        await attempt(inside, statement, name, index, texts.length);
      }
      await inside.journal.insert(context.table, entryFor(file, texts, texts.length, context.batch));
    });
    return texts;
  }
  if (entry === undefined) await held.journal.insert(context.table, journalled);
  const isOwn = !opensTransactions(texts);
  for (const [index, statement] of statements.entries()) {
    if (index < journalled.done) continue;
    const found = await foundBefore(held, texts[index] ?? "");
    if (index > journalled.done || !isMade(entry?.found, found)) {
      told(index);
      await held.journal.update(context.table, { ...entryFor(file, texts, index, context.batch), found });
      const step = async (): Promise<void> => {
        await attempt(held, statement, name, index, texts.length);
        await held.journal.update(context.table, entryFor(file, texts, index + 1, context.batch));
      };
      const run = isOwn && changesRows(texts[index] ?? "") ? held.rowsAtomic?.(step) : undefined;
      await (run ?? step()).catch(async (error: unknown) => {
        await held.journal.update(context.table, entryFor(file, texts, index, context.batch));
        throw error;
      });
    } else await held.journal.update(context.table, entryFor(file, texts, index + 1, context.batch));
  }
  return texts;
}

/** A statement, and what it finds in the database: two hashes. */
async function foundBefore(held: SchemaAdapter, text: string): Promise<string> {
  const state = await held.inspect({ namespaces: [] });
  return `${checksum(text)} ${checksum(canonicalText(sortState(withoutUnfinished(state))))}`;
}

/** What a statement left that was cut off does not tell that it was made. */
function withoutUnfinished(state: SchemaState): SchemaState {
  const tables = state.tables.map((table) => ({
    ...table,
    unmanaged: table.unmanaged.filter(({ unfinished }) => unfinished !== true),
  }));
  return { ...state, tables };
}

/** Whether an earlier run made the statement and ended before it could write that down: the database is no longer as it found it. */
function isMade(then: string | undefined, now: string): boolean {
  if (then === undefined || then === now) return false;
  return then.split(" ")[0] === now.split(" ")[0];
}

function entryFor(file: SqlFile, texts: readonly string[], done: number, batch: number): JournalEntry {
  return {
    name: file.name,
    batch,
    done,
    total: Math.max(texts.length, 0),
    checksum: checksum(file.text),
    doneHash: hashOf(texts, done),
    madeAt: new Date().toISOString(),
  };
}

function hashOf(texts: readonly string[], done: number): string {
  return checksum(JSON.stringify(texts.slice(0, done)));
}

/** The statements that were made must be those that the file begins with; the others may have been mended. */
function requireSameStart(entry: JournalEntry, texts: readonly string[]): void {
  if (entry.done <= texts.length && hashOf(texts, entry.done) === entry.doneHash) return;
  throw new MigrationError(
    `The migration "${migrationOf(entry.name)}" was cut off after ${entry.done} of its statements, and those were edited since. ` +
      "Write them again as they were; what comes behind them may be changed.",
  );
}

/** Runs a statement of a migration; what the database refuses is told with its number. */
export async function attempt(
  schema: SchemaAdapter,
  statement: unknown,
  name: string,
  index: number,
  total: number,
): Promise<void> {
  try {
    await schema.run(statement);
  } catch (cause) {
    const kept =
      schema.stepsCommit === true && index > 0
        ? ` The ${index} before it are made and written down; the next run goes on with this one.`
        : "";
    throw statementFailed(name, index, total, kept, cause, schema);
  }
}
