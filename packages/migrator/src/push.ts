import type { Change } from "@mortise/core/state";
import { count, refuse } from "./apply/failure.ts";
import { planFor, runPlan, type OnStep } from "./apply/run-plan.ts";
import type { KeptObject } from "./diff/schema-diff.ts";
import type { Plan } from "./plan/plan-changes.ts";
import { withTools } from "./tools.ts";

export interface PushOptions {
  /** Told before each step, for progress. */
  readonly onStep?: OnStep;
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
 * A second run says "no differences". Nothing is ever dropped. Where the engine allows it all steps are one transaction; a
 * difference that cannot be migrated is a `MigrationError` before anything is touched. For files see `migrate`.
 */
export async function push(db: object, options: PushOptions = {}): Promise<PushResult> {
  return withTools(db, async (schema, desired) => {
    const first = await planFor(schema, desired);
    if (first.refused.length > 0) throw refuse(first);
    if (first.steps.length === 0) return resultOf(first);
    return resultOf(await runPlan(schema, desired, undefined, options.onStep));
  });
}

/** What applying a plan did. */
export function resultOf(plan: Plan): PushResult {
  return {
    changes: plan.steps.map((step) => step.change),
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
