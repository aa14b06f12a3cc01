import { MigrationError } from "@mortise/core/adapter";
import type { Change, SchemaAdapter } from "@mortise/core/state";
import { partsOf, placeOfChange } from "../plan/change-place.ts";
import type { Plan, Step } from "../plan/plan-changes.ts";
import { waited } from "./waited.ts";

/** A step that the database refused, with what usually helps; `before` are the steps that stay although it failed. */
export function stepFailed(
  step: Step,
  cause: unknown,
  before: readonly Step[],
  schema: Pick<SchemaAdapter, "lockHint">,
): MigrationError {
  const wait = waited(cause, schema);
  const said = wait ?? (cause instanceof Error ? cause.message : String(cause));
  const hint =
    wait === undefined
      ? partsOf(step.change)
          .map(hintFor)
          .find((text) => text !== undefined)
      : undefined;
  return new MigrationError(
    `Could not ${step.line}. ${sentence(said)}${hint === undefined ? "" : ` ${hint}`} ${keptSteps(before)}${isOnline(step.change) ? leftBehind : ""}`,
    { model: placeOfChange(step.change), cause },
  );
}

/** The database could not be looked at, since somebody else holds a table for too long. */
export function lookFailed(cause: unknown, schema: Pick<SchemaAdapter, "lockHint">): MigrationError | undefined {
  const wait = waited(cause, schema);
  if (wait === undefined) return undefined;
  return new MigrationError(`The plan could not be made. ${wait} Nothing was changed.`, { cause });
}

const leftBehind =
  " What the step itself has begun, such as an index that is not valid yet, stays as well, and is cleared away when it is made again.";

function isOnline(change: Change): boolean {
  return "online" in change && change.online === true;
}

function keptSteps(steps: readonly Step[]): string {
  if (steps.length === 0) return "Nothing was changed.";
  return `These are committed already, so that ${count(steps.length, "step")} before it stay: ${steps.map(({ line }) => line).join("; ")}. The next run goes on from there.`;
}

/** What the rows of a table can make impossible. */
function hintFor(change: Change): string | undefined {
  switch (change.kind) {
    case "addColumn":
      return change.column.nullable
        ? "In a table with rows a new column takes a constant default only."
        : "In a table with rows a new column that is never null needs a constant default; give it one, or make it nullable.";
    case "addUnique":
    case "replaceUnique":
      return `Rows that are equal in ${change.kind === "addUnique" ? change.unique.columns.join(", ") : change.to.columns.join(", ")} must be removed or changed first.`;
    case "alterColumn":
      return change.from.nullable && !change.to.nullable
        ? "Rows without a value must get one first, or the column a default."
        : undefined;
    case "addForeignKey":
    case "replaceForeignKey":
      return "Rows that point at no row must be removed or changed first.";
    case "addCheck":
    case "replaceCheck":
      return "Rows that break the check must be changed first.";
    default:
      return undefined;
  }
}

/** Differences that cannot be migrated: all of them, before anything is touched. */
export function refuse(plan: Plan): MigrationError {
  const reasons = plan.refused.map(({ line, reason }) => `\n- ${line}: ${reason}`).join("");
  return new MigrationError(
    `${count(plan.refused.length, "difference")} between the schema and the database cannot be migrated, so nothing was changed:${reasons}`,
  );
}

/** The database is not what it should be after the last step: a fault of ours, and it is better to say so. */
export function notThere(plan: Plan, stay: boolean): MigrationError {
  const left = [...plan.steps, ...plan.refused].map(({ line }) => `\n- ${line}`).join("");
  return new MigrationError(
    `After all steps the database still differs from the schema${stay ? "" : ", so they were taken back"}. This is a fault of Mortise; please report it. Left over:${left}`,
  );
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
