import type { SchemaAdapter, SchemaState } from "@mortise/core/state";
import { MigrationError } from "@mortise/core/adapter";
import { loadMigration } from "./load-migration.ts";
import type { MigrationFile } from "./migration-file.ts";
import { foreseeModule, type ModuleContext } from "./run-module.ts";
import type { WayBack } from "./way-back.ts";

/** What would be done, and the database as it would be then where that can be told. */
interface Foreseen {
  readonly statements: readonly string[];
  readonly after: SchemaState | undefined;
}

/** The statements of migrations that are not made. A module behind something that cannot be foreseen is only named. */
export async function foresee(
  held: SchemaAdapter,
  steps: readonly (MigrationFile | WayBack)[],
  way: "up" | "down",
  context: Pick<ModuleContext, "tools" | "namespaces">,
): Promise<readonly string[]> {
  const statements: string[] = [];
  let state: SchemaState | undefined = await held.normalise(await held.inspect({ namespaces: context.namespaces }));
  for (const step of steps) {
    const foreseen: Foreseen = await foreseeOne(held, step, way, state, context);
    statements.push(...foreseen.statements);
    state = foreseen.after;
  }
  return statements;
}

async function foreseeOne(
  held: SchemaAdapter,
  step: MigrationFile | WayBack,
  way: "up" | "down",
  state: SchemaState | undefined,
  context: Pick<ModuleContext, "tools" | "namespaces">,
): Promise<Foreseen> {
  if (step.kind === "sql") {
    const statements = held.script(step.text).map((statement) => held.describe(statement));
    return { statements, after: statements.length === 0 ? state : undefined };
  }
  const migration = "migration" in step ? step.migration : await loadMigration(step);
  try {
    return await foreseeModule(held, step.name, migration, way, state, context);
  } catch (error) {
    // Without the statements before it there is no knowing what is wrong.
    if (state !== undefined || !(error instanceof MigrationError)) throw error;
    return { statements: [`-- "${step.name}" depends on what is made before it: ${error.message}`], after: undefined };
  }
}
