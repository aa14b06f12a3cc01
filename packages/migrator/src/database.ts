import type { SchemaState } from "@mortise/core/state";
import { planFor, runPlan, type OnStep } from "./apply/run-plan.ts";
import { diffStates } from "./diff/diff-states.ts";
import type { SchemaDiff } from "./diff/schema-diff.ts";
import type { Plan } from "./plan/plan-changes.ts";
import { resultOf, type PushResult } from "./push.ts";
import { withTools } from "./tools.ts";

/** Reads the database: its tables as neutral data, and what Mortise does not manage. */
export async function inspect(db: object): Promise<SchemaState> {
  return withTools(db, (schema) => schema.inspect({ namespaces: [] }));
}

/**
 * What separates the database from its schema.
 *
 * `const { changes } = await diff(db)`: empty when the database has everything as the schema asks for it.
 */
export async function diff(db: object): Promise<SchemaDiff> {
  return withTools(db, async (schema, desired) => {
    const actual = await schema.normalise(await schema.inspect({ namespaces: [] }));
    return diffStates(actual, await schema.normalise(desired), schema.foldName);
  });
}

/** The steps from the database to its schema, with their statements, and the differences that cannot be migrated. */
export async function plan(db: object): Promise<Plan> {
  return withTools(db, planFor);
}

/**
 * Applies a plan that was looked at before.
 *
 * `await apply(db, await plan(db))`
 *
 * Refuses when the database has changed in between, and does nothing when it is already there.
 */
export async function apply(db: object, made: Plan, options: { readonly onStep?: OnStep } = {}): Promise<PushResult> {
  return withTools(db, async (schema, desired) => resultOf(await runPlan(schema, desired, made, options.onStep)));
}
