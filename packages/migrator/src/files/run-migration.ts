import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter } from "@mortise/core/state";
import { checksum, directive, type MigrationFile } from "./migration-file.ts";

/** Told before each statement. */
export type OnStatement = (migration: string, statement: string, index: number, total: number) => void;

export interface RunContext {
  readonly table: string;
  readonly batch: number;
  readonly onStatement: OnStatement | undefined;
}

/**
 * Makes one migration and writes it into the journal: in one transaction with it where the engine can, else statement by statement,
 * so that a run that was cut off goes on where it stopped.
 */
export async function runMigration(
  held: SchemaAdapter,
  file: MigrationFile,
  entry: JournalEntry | undefined,
  context: RunContext,
): Promise<void> {
  const statements = held.script(file.up);
  const texts = statements.map((statement) => held.describe(statement));
  const told = (index: number): void => context.onStatement?.(file.name, texts[index] ?? "", index, texts.length);
  const journalled: JournalEntry = entryFor(file, texts, entry?.done ?? 0, context.batch);
  if (entry !== undefined) requireSameStart(entry, texts);
  const isWhole = held.stepsCommit !== true && directive(file.up, "no transaction") === undefined;
  if (isWhole) {
    await held.atomic(async (inside) => {
      for (const [index, statement] of statements.entries()) {
        told(index);
        await attempt(inside, statement, file.name, index, texts.length);
      }
      await inside.journal.insert(context.table, entryFor(file, texts, texts.length, context.batch));
    });
    return;
  }
  if (entry === undefined) await held.journal.insert(context.table, journalled);
  for (const [index, statement] of statements.entries()) {
    if (index < journalled.done) continue;
    told(index);
    await attempt(held, statement, file.name, index, texts.length);
    await held.journal.update(context.table, entryFor(file, texts, index + 1, context.batch));
  }
}

function entryFor(file: MigrationFile, texts: readonly string[], done: number, batch: number): JournalEntry {
  return {
    name: file.name,
    batch,
    done,
    total: Math.max(texts.length, 0),
    checksum: checksum(file.up),
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
    `The migration "${entry.name}" was cut off after ${entry.done} of its statements, and those were edited since. ` +
      "Write them again as they were; what comes behind them may be changed.",
  );
}

async function attempt(
  schema: SchemaAdapter,
  statement: unknown,
  name: string,
  index: number,
  total: number,
): Promise<void> {
  try {
    await schema.run(statement);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const kept =
      schema.stepsCommit === true && index > 0
        ? ` The ${index} before it are made and written down; the next run goes on with this one.`
        : "";
    throw new MigrationError(`The migration "${name}" failed at statement ${index + 1} of ${total}. ${said}${kept}`, {
      cause,
    });
  }
}
