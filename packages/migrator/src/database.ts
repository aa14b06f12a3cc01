import type { SchemaState } from "@mortise/core/state";
import { namespacesOf, planUnlocked, runPlan, type PlanOptions, type RunOptions } from "./apply/run-plan.ts";
import { diffStates } from "./diff/diff-states.ts";
import type { DiffOptions, SchemaDiff } from "./diff/schema-diff.ts";
import type { Plan } from "./plan/plan-changes.ts";
import { resultOf, type PushResult } from "./push.ts";
import { withTools } from "./tools.ts";

/** Reads the database: its tables as neutral data, and what Mortise does not manage. */
export async function inspect(db: object): Promise<SchemaState> {
  return withTools(db, (schema, desired) => schema.inspect({ namespaces: namespacesOf(desired) }));
}

/**
 * What separates the database from its schema.
 *
 * `const { changes } = await diff(db)`: empty when the database has everything as the schema asks for it.
 */
export async function diff(db: object, options: DiffOptions = {}): Promise<SchemaDiff> {
  return withTools(db, async (schema, desired) => {
    const actual = await schema.normalise(await schema.inspect({ namespaces: namespacesOf(desired) }));
    return diffStates(actual, await schema.normalise(desired), schema, options).diff;
  });
}

/**
 * The steps from the database to its schema, with their statements, the rows they put at risk, and what cannot be migrated.
 *
 * `const { steps, refused } = await plan(db, { drop: true })`
 */
export async function plan(db: object, options: PlanOptions = {}): Promise<Plan> {
  return withTools(db, (schema, desired) => planUnlocked(schema, desired, options));
}

/**
 * Applies a plan that was looked at before.
 *
 * `await apply(db, await plan(db))`
 *
 * Takes the options that the plan was made with. Refuses when the database has changed in between, and does nothing when it is
 * already there.
 */
export async function apply(db: object, made: Plan, options: RunOptions = {}): Promise<PushResult> {
  return withTools(db, async (schema, desired) => resultOf(await runPlan(schema, desired, made, options)));
}
