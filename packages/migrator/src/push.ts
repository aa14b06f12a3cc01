import type { Change } from "@mortise/core/state";
import { count, refuse } from "./apply/failure.ts";
import { planUnlocked, runPlan, type RunOptions } from "./apply/run-plan.ts";
import type { KeptObject } from "./diff/schema-diff.ts";
import { partsOf } from "./plan/change-place.ts";
import type { Plan } from "./plan/plan-changes.ts";
import { withTools } from "./tools.ts";

export interface PushOptions extends RunOptions {
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean;
}

/** What `push` did. */
export interface PushResult {
  readonly changes: readonly Change[];
  /** The statements that ran, as text. */
  readonly statements: readonly string[];
  /** Objects of the database that the schema does not name; they were left alone. */
  readonly kept: readonly KeptObject[];
  /** For a person: `2 changes: create table users (id, email), …` or `no differences`. */
  readonly summary: string;
}

/**
 * Takes the database to its schema at once, without migration files: inspects, plans and applies.
 *
 * `await push(db)`
 *
 * A second run says "no differences". What the schema does not name stays unless `drop` is set; what would lose values needs an
 * `acknowledge`. Where the engine allows it all steps are one transaction; a difference that cannot be migrated is a
 * `MigrationError` before anything is touched. See `plan` for a look beforehand, `migrate` for files.
 */
export async function push(db: object, options: PushOptions = {}): Promise<PushResult> {
  return withTools(db, async (schema, desired) => {
    // Even the look is bounded then: it counts rows, for which it may have to wait.
    const isBounded = options.lockTimeout !== undefined && options.dryRun !== true;
    if (isBounded) return resultOf(await runPlan(schema, desired, undefined, options));
    const first = await planUnlocked(schema, desired, options);
    if (first.refused.length > 0) throw refuse(first);
    if (first.steps.length === 0 || options.dryRun === true) return resultOf(first);
    return resultOf(await runPlan(schema, desired, undefined, options));
  });
}

/** What applying a plan did. */
export function resultOf(plan: Plan): PushResult {
  return {
    changes: plan.steps.flatMap((step) => partsOf(step.change)),
    statements: plan.steps.flatMap((step) => step.statements),
    kept: plan.kept,
    summary: summaryOf(plan),
  };
}

/** A plan in one line. */
export function summaryOf(plan: Plan): string {
  const differences = plan.steps.length + plan.refused.length;
  if (differences === 0) return "no differences";
  const lines = [...plan.steps, ...plan.refused].map(({ line }) => line).join("; ");
  return `${count(differences, "change")}: ${lines}`;
}
