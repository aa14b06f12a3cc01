import { isDeepStrictEqual } from "node:util";
import { MigrationError } from "@mortise/core/adapter";
import type { Change, LockOptions, SchemaAdapter, SchemaState } from "@mortise/core/state";
import { diffStates } from "../diff/diff-states.ts";
import type { DiffOptions } from "../diff/schema-diff.ts";
import { requireAcknowledged, requireFillable } from "../plan/acknowledgement.ts";
import { countRows } from "../plan/count-rows.ts";
import { planChanges, type Plan, type Step } from "../plan/plan-changes.ts";
import { lookFailed, notThere, refuse, stepFailed } from "./failure.ts";
import { lockOptions } from "./lock-options.ts";

/** Told before each step. */
export type OnStep = (step: Step, index: number, total: number) => void;

export interface PlanOptions extends DiffOptions, LockOptions {
  /** Destructive changes that are wanted: `drop-column:users.name`, a code such as `drop-column`, or `all`. */
  readonly acknowledge?: readonly string[];
  /** Makes changes in forms that let others read and write meanwhile, where the engine has them; each is committed by itself. */
  readonly online?: boolean | undefined;
}

export interface RunOptions extends PlanOptions {
  readonly onStep?: OnStep | undefined;
}

const lockName = "mortise";

/**
 * As `planFor`, by one who does not hold the lock: another migrator may change the database between the look at it and the count of its
 * rows. A plan that fails where the database has changed meanwhile is made again.
 */
export async function planUnlocked(
  schema: SchemaAdapter,
  desired: SchemaState,
  options: PlanOptions = {},
): Promise<Plan> {
  let found = await inspectFor(schema, desired);
  for (;;) {
    try {
      return (await planFrom(found, schema, desired, options)).plan;
    } catch (error) {
      const now = await inspectFor(schema, desired);
      if (isDeepStrictEqual(now, found)) throw error;
      found = now;
    }
  }
}

/** Inspects and plans: what separates the database from the desired state at this moment. */
export async function planFor(schema: SchemaAdapter, desired: SchemaState, options: PlanOptions = {}): Promise<Plan> {
  return (await planWithStates(schema, desired, options)).plan;
}

export interface PlanWithStates {
  readonly plan: Plan;
  readonly actual: SchemaState;
  /** The database after the renames of the plan. */
  readonly renamed: SchemaState;
  /** The desired state in normal form, and what separates it from the actual one, as no engine has put it yet. */
  readonly wanted: SchemaState;
  readonly changes: readonly Change[];
}

export async function planWithStates(
  schema: SchemaAdapter,
  desired: SchemaState,
  options: PlanOptions,
): Promise<PlanWithStates> {
  return planFrom(await inspectFor(schema, desired), schema, desired, options);
}

function inspectFor(schema: SchemaAdapter, desired: SchemaState): Promise<SchemaState> {
  return schema.inspect({ namespaces: namespacesOf(desired) });
}

async function planFrom(
  found: SchemaState,
  schema: SchemaAdapter,
  desired: SchemaState,
  options: PlanOptions,
): Promise<PlanWithStates> {
  const actual = await schema.normalise(found);
  const wanted = await schema.normalise(desired);
  const { diff, renamed } = diffStates(actual, wanted, schema, options);
  const plan = await countRows(planChanges(diff, schema, renamed, options), schema);
  return { plan, actual, renamed, wanted, changes: diff.changes };
}

/** The namespaces that tables ask for, beside the connection's own. */
export function namespacesOf({ tables }: SchemaState): readonly string[] {
  return [...new Set(tables.flatMap(({ namespace }) => namespace ?? []))];
}

/**
 * Takes the database to the desired state, alone: the plan is made again under the lock, so that of two migrators the second
 * finds nothing left to do. Afterwards the database is inspected once more; a difference that is left takes everything back.
 */
export async function runPlan(
  schema: SchemaAdapter,
  desired: SchemaState,
  expected: Plan | undefined,
  options: RunOptions = {},
): Promise<Plan> {
  const run = async (held: SchemaAdapter): Promise<Plan> => {
    const plan = await planFor(held, desired, options).catch((error: unknown) => {
      throw lookFailed(error, held) ?? error;
    });
    if (plan.refused.length > 0) throw refuse(plan);
    if (plan.steps.length === 0) return plan;
    if (expected !== undefined && !isSamePlan(plan, expected)) throw moved();
    requireAcknowledged(plan, options.acknowledge ?? []);
    requireFillable(plan);
    await held.ready?.(plan.steps.map(({ change }) => change));
    await runStages(held, plan, options, (inside, stays) => requireThere(inside, desired, options, stays));
    return plan;
  };
  return schema.lock(lockName, run, lockOptions(options));
}

/** Steps that can share a transaction do; the look at the result belongs to the last of them. */
async function runStages(
  held: SchemaAdapter,
  plan: Plan,
  options: RunOptions,
  check: (inside: SchemaAdapter, stays: boolean) => Promise<void>,
): Promise<void> {
  let done = 0;
  const stages = stagesOf(plan.steps);
  const stays = held.stepsCommit === true || stages.length > 1 || stages[0]?.[0]?.alone === true;
  for (const stage of stages) {
    const isLast = done + stage.length === plan.steps.length;
    const start = done;
    const run = async (inside: SchemaAdapter): Promise<void> => {
      for (const [at, step] of stage.entries()) {
        const index = start + at;
        options.onStep?.(step, index, plan.steps.length);
        await runStep(inside, step, plan.steps.slice(0, inside.stepsCommit === true ? index : start));
      }
      if (isLast) await check(inside, stays);
    };
    await (stage[0]?.alone === true ? run(held) : held.atomic(run));
    done += stage.length;
  }
}

function stagesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const stages: Step[][] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (last === undefined || step.alone || last[0]?.alone === true) stages.push([step]);
    else last.push(step);
  }
  return stages;
}

async function requireThere(
  inside: SchemaAdapter,
  desired: SchemaState,
  options: RunOptions,
  stays: boolean,
): Promise<void> {
  const found = await planFor(inside, desired, options);
  const left = isLeftover(found) ? await dropLeftover(inside, found, desired, options) : found;
  if (left.steps.length + left.refused.length > 0) throw notThere(left, stays);
}

/** An index that served a foreign key shows itself when the key is gone. */
function isLeftover({ steps, refused }: Plan): boolean {
  return refused.length === 0 && steps.length > 0 && steps.every(({ change }) => change.kind === "dropIndex");
}

async function dropLeftover(
  inside: SchemaAdapter,
  { steps }: Plan,
  desired: SchemaState,
  options: RunOptions,
): Promise<Plan> {
  for (const step of steps) await runStep(inside, step, []);
  return planFor(inside, desired, options);
}

async function runStep(held: SchemaAdapter, step: Step, before: readonly Step[]): Promise<void> {
  try {
    for (const statement of held.render(step.change)) await held.run(statement);
  } catch (error) {
    throw stepFailed(step, error, before, held);
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
