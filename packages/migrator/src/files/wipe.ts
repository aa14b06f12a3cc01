import type { Change, LockOptions, SchemaAdapter, SchemaState } from "@mortise/core/state";
import { lockOptions } from "../apply/lock-options.ts";
import { refuse, stepFailed } from "../apply/failure.ts";
import { namespacesOf } from "../apply/run-plan.ts";
import { planChanges } from "../plan/plan-changes.ts";
import { withTools } from "../tools.ts";
import { loadMigration } from "./load-migration.ts";
import { readMigrations } from "./migration-file.ts";
import { withJournalIn } from "./journal-namespace.ts";
import { migrate, usualTable, type MigrateOptions, type MigrateResult, type MigrationsOptions } from "./migrate.ts";

export interface WipeOptions extends LockOptions, Pick<MigrationsOptions, "tableName" | "schemaName"> {
  /** Tell what would be dropped, and do nothing. */
  readonly dryRun?: boolean;
}

/** What was dropped. */
export interface WipeResult {
  readonly tables: readonly string[];
  readonly statements: readonly string[];
}

/**
 * Drops every table of the database with all rows, the journal of migrations, and types of its own.
 *
 * `await wipe(db)`
 *
 * Nothing is asked: who calls it has to. Namespaces are the connection's own and those of the schema's models. Views and the like that use
 * a table stand in its way; they have to be dropped before.
 */
export async function wipe(db: object, options: WipeOptions = {}): Promise<WipeResult> {
  const patience = lockOptions(options);
  return withTools(db, (schema, desired) => {
    const run = async (held: SchemaAdapter): Promise<WipeResult> => {
      const actual = await held.normalise(await held.inspect({ namespaces: namespacesOf(desired) }));
      const plan = planChanges({ changes: dropsOf(actual), kept: [] }, held, actual, { acknowledge: ["all"] });
      if (plan.refused.length > 0) throw refuse(plan);
      const statements = plan.steps.flatMap((step) => step.statements);
      const tables = actual.tables.map(({ name }) => name);
      if (options.dryRun !== true) await held.atomic((inside) => wipeAll(inside, plan.steps, options));
      return { tables, statements };
    };
    return schema.lock("mortise", run, patience);
  });
}

function dropsOf({ tables, enums }: SchemaState): readonly Change[] {
  return [
    ...tables.map((table): Change => ({ kind: "dropTable", table })),
    ...enums.map((type): Change => ({ kind: "dropEnum", type })),
  ];
}

/** A journal in a namespace of its own is emptied: its table would not be found among the others. */
async function wipeAll(
  held: SchemaAdapter,
  steps: Parameters<typeof stepFailed>[2],
  { tableName = usualTable, schemaName }: WipeOptions,
): Promise<void> {
  await runAll(held, steps);
  if (schemaName === undefined) return;
  const { journal } = withJournalIn(held, schemaName);
  await journal.create(tableName);
  for (const { name } of await journal.read(tableName)) await journal.remove(tableName, name);
}

async function runAll(held: SchemaAdapter, steps: Parameters<typeof stepFailed>[2]): Promise<void> {
  for (const [at, step] of steps.entries()) {
    try {
      for (const statement of held.render(step.change)) await held.run(statement);
    } catch (error) {
      throw stepFailed(step, error, held.stepsCommit === true ? steps.slice(0, at) : [], held);
    }
  }
}

/**
 * Drops everything, as `wipe` does, and makes all migrations anew.
 *
 * `await fresh(db, { directory: "migrations" })`
 *
 * A migration that cannot be loaded is an error before anything is dropped.
 */
export async function fresh(
  db: object,
  options: MigrationsOptions & Pick<MigrateOptions, "onStatement">,
): Promise<MigrateResult> {
  for (const file of await readMigrations(options)) if (file.kind === "module") await loadMigration(file);
  const { lockTimeout, tableName, schemaName } = options;
  await wipe(db, { lockTimeout, tableName, schemaName });
  return migrate(db, options);
}
