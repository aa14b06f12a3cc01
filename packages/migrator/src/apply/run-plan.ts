import { MigrationError } from "@mortise/core/adapter";
import type { SchemaAdapter, SchemaState } from "@mortise/core/state";
import { diffStates } from "../diff/diff-states.ts";
import { planChanges, type Plan, type Step } from "../plan/plan-changes.ts";
import { notThere, refuse, stepFailed } from "./failure.ts";

/** Told before each step. */
export type OnStep = (step: Step, index: number, total: number) => void;

const lockName = "mortise";

/** Inspects and plans: what separates the database from the desired state at this moment. */
export async function planFor(schema: SchemaAdapter, desired: SchemaState): Promise<Plan> {
  const actual = await schema.normalise(await schema.inspect({ namespaces: [] }));
  const wanted = await schema.normalise(desired);
  return planChanges(diffStates(actual, wanted, schema.foldName), schema);
}

/**
 * Takes the database to the desired state, alone: the plan is made again under the lock, so that of two migrators the second
 * finds nothing left to do. Afterwards the database is inspected once more; a difference that is left takes everything back.
 */
export async function runPlan(
  schema: SchemaAdapter,
  desired: SchemaState,
  expected: Plan | undefined,
  onStep: OnStep | undefined,
): Promise<Plan> {
  return schema.lock(lockName, async (held) => {
    const plan = await planFor(held, desired);
    if (plan.refused.length > 0) throw refuse(plan);
    if (plan.steps.length === 0) return plan;
    if (expected !== undefined && !isSamePlan(plan, expected)) throw moved();
    for (const [index, step] of plan.steps.entries()) {
      onStep?.(step, index, plan.steps.length);
      await runStep(held, step, held.stepsCommit === true ? plan.steps.slice(0, index) : []);
    }
    const left = await planFor(held, desired);
    if (left.steps.length + left.refused.length > 0) throw notThere(left, held.stepsCommit === true);
    return plan;
  });
}

async function runStep(held: SchemaAdapter, step: Step, before: readonly Step[]): Promise<void> {
  try {
    for (const statement of held.render(step.change)) await held.run(statement);
  } catch (error) {
    throw stepFailed(step, error, before);
  }
}

function isSamePlan(a: Plan, b: Plan): boolean {
  const statements = (plan: Plan): string => JSON.stringify(plan.steps.map((step) => step.statements));
  return statements(a) === statements(b);
}

function moved(): MigrationError {
  return new MigrationError(
    "The database has changed since the plan was made, so it was not applied. Make the plan again and look at it.",
  );
}
