import type { Transaction } from "@mortise/core";
import { MigrationError, type DatabaseTools } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter, SchemaState } from "@mortise/core/state";
import type { Migration } from "../builder/define-migration.ts";
import { SchemaBuilder } from "../builder/schema-builder.ts";
import { backName } from "./back-entry.ts";
import { checksum, type ModuleFile } from "./migration-file.ts";
import { ModuleRun } from "./module-run.ts";
import { hashOf, JournalledLedger, plainLedger, type Ledger, type OnStatement } from "./statement-ledger.ts";

export interface ModuleContext {
  readonly tools: DatabaseTools;
  readonly table: string;
  readonly batch: number;
  readonly namespaces: readonly string[];
  readonly onStatement: OnStatement | undefined;
  /** The ways back that were cut off in the middle, by the name of the migration. */
  readonly backs: ReadonlyMap<string, JournalEntry>;
}

type Way = "up" | "down";

/** Makes a migration that is a module, and writes it into the journal. Gives its statements. */
export async function makeModule(
  held: SchemaAdapter,
  file: ModuleFile,
  migration: Migration,
  entry: JournalEntry | undefined,
  context: ModuleContext,
): Promise<readonly string[]> {
  const { table, batch, onStatement } = context;
  const begun = lineOf(file.name, file.text, batch);
  const start: JournalEntry = {
    ...begun,
    done: entry?.done ?? begun.done,
    total: entry?.total ?? begun.total,
    doneHash: entry?.doneHash ?? begun.doneHash,
    found: entry?.found,
  };
  const acknowledge = migration.acknowledge ?? [];
  if (entry === undefined && isWhole(held, migration)) {
    return held.atomic(async (inside) => {
      const ledger = plainLedger({ name: file.name, onStatement, schema: held }, false);
      await runWay(inside, migration, "up", { ledger, acknowledge, inTransaction: true }, context);
      const { length } = ledger.texts;
      await inside.journal.insert(table, { ...start, done: length, total: length, doneHash: hashOf(ledger.texts) });
      return ledger.texts;
    });
  }
  if (entry === undefined) await held.journal.insert(table, start);
  const ledger = new JournalledLedger(held, table, start, onStatement);
  await inSteps(ledger, () => runWay(held, migration, "up", { ledger, acknowledge, inTransaction: false }, context));
  return ledger.texts;
}

/** Takes a migration back. What it drops was made by it, so that nothing has to be acknowledged. */
export async function takeModuleBack(
  held: SchemaAdapter,
  name: string,
  migration: Migration,
  context: ModuleContext,
): Promise<readonly string[]> {
  const { table, onStatement } = context;
  if (isWhole(held, migration)) {
    return held.atomic(async (inside) => {
      const ledger = plainLedger({ name, onStatement, schema: held }, false);
      await runWay(inside, migration, "down", { ledger, acknowledge: ["all"], inTransaction: true }, context);
      await inside.journal.remove(table, name);
      return ledger.texts;
    });
  }
  const back = context.backs.get(name);
  const start = back ?? lineOf(backName(name), "", 0);
  if (back === undefined) await held.journal.insert(table, start);
  const ledger = new JournalledLedger(held, table, start, onStatement);
  await inSteps(ledger, () =>
    runWay(held, migration, "down", { ledger, acknowledge: ["all"], inTransaction: false }, context),
  );
  await held.journal.remove(table, name);
  await held.journal.remove(table, start.name);
  return ledger.texts;
}

/** Makes statements that commit one by one; after an error the journal says which of them are made. */
async function inSteps(ledger: JournalledLedger, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    // The error that led here is the one to tell.
    await ledger.forget().catch(() => undefined);
    throw error;
  }
  await ledger.finish();
}

/** The line of what is not begun. */
function lineOf(name: string, text: string, batch: number): JournalEntry {
  return {
    name,
    batch,
    done: 0,
    total: 1,
    checksum: checksum(text),
    doneHash: hashOf([]),
    madeAt: new Date().toISOString(),
  };
}

function isWhole(held: SchemaAdapter, { transaction, online }: Migration): boolean {
  if (held.lockIsTransaction === true) return true;
  if (online === true && held.online !== undefined) return false;
  return held.stepsCommit !== true && transaction !== false;
}

interface WayOptions {
  readonly ledger: Ledger;
  readonly acknowledge: readonly string[];
  readonly inTransaction: boolean;
}

async function runWay(
  held: SchemaAdapter,
  migration: Migration,
  way: Way,
  { ledger, acknowledge, inTransaction }: WayOptions,
  { tools, namespaces }: ModuleContext,
): Promise<void> {
  const { columns } = tools.capabilities;
  const online = migration.online === true;
  const run = new ModuleRun({
    held,
    columns,
    namespaces,
    acknowledge,
    online,
    ledger,
    foreseen: undefined,
    isDry: false,
  });
  await tools.onHeldConnection({ inTransaction, before: () => run.before() }, async (handle) => {
    await migration[way]?.(new SchemaBuilder(run), { db: asTransaction(handle) });
    await run.flush();
  });
}

function asTransaction(handle: object): Transaction<{}> {
  if (isTransaction(handle)) return handle;
  throw new MigrationError("The adapter gives no handle for the rows.");
}

/** The handle is one of the application's own database, whose schema only the application knows. */
function isTransaction(handle: object): handle is Transaction<{}> {
  return "from" in handle && "raw" in handle;
}

/** What a migration would do. */
export interface ForeseenModule {
  readonly statements: readonly string[];
  /** The database afterwards; `undefined` when that cannot be told. */
  readonly after: SchemaState | undefined;
}

class NotForeseen extends MigrationError {}

/** The statements that a migration would be made of, from the database as it would be by then. Nothing is sent but looks. */
export async function foreseeModule(
  held: SchemaAdapter,
  name: string,
  migration: Migration,
  way: Way,
  state: SchemaState | undefined,
  { tools, namespaces }: Pick<ModuleContext, "tools" | "namespaces">,
): Promise<ForeseenModule> {
  const ledger = plainLedger({ name, onStatement: undefined, schema: held }, true);
  const { columns } = tools.capabilities;
  const online = migration.online === true;
  const run = new ModuleRun({
    held,
    columns,
    namespaces,
    acknowledge: [],
    online,
    ledger,
    foreseen: state,
    isDry: true,
  });
  try {
    await migration[way]?.(new SchemaBuilder(run), { db: unforeseen(name) });
    await run.flush();
    return { statements: ledger.texts, after: run.foreseen };
  } catch (error) {
    if (!(error instanceof NotForeseen)) throw error;
    await run.flush();
    return { statements: [...ledger.texts, `-- ${error.message}`], after: undefined };
  }
}

function unforeseen(name: string): Transaction<{}> {
  const proxy = new Proxy(
    { from: undefined, raw: undefined },
    {
      get: () => {
        throw new NotForeseen(
          `What follows in "${name}" depends on what context.db finds, so it cannot be told beforehand.`,
        );
      },
    },
  );
  return asTransaction(proxy);
}
