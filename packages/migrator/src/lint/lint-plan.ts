import type { Change, LockOptions } from "@mortise/core/state";
import { partsOf, placeOfChange } from "../plan/change-place.ts";
import type { Hazard } from "../plan/hazards.ts";
import type { Plan, Step } from "../plan/plan-changes.ts";

/** Something to think about before a plan is applied. */
export interface Finding {
  /** Stable: `drop-column`, `index-blocks-writes`, `rename-column`. */
  readonly code: string;
  /** `data`: rows are lost or may forbid it. `lock`: others wait. `compatibility`: programs that run may still use what goes. */
  readonly about: "data" | "lock" | "compatibility" | "design";
  /** The step, as a line. */
  readonly step: string;
  readonly message: string;
  readonly advice: string;
  readonly rows: number | undefined;
}

/**
 * What a plan does to rows, to others who use the database meanwhile, and to programs that know the old names.
 *
 * `lint(await plan(db))`
 *
 * Pure: everything is in the plan, but how long its run will wait, which `{ lockTimeout }` says. What is wrong with the schema itself is
 * not looked for.
 */
export function lint(plan: Plan, { lockTimeout }: LockOptions = {}): readonly Finding[] {
  return [...(lockTimeout === undefined ? waitFindings(plan.steps) : []), ...plan.steps.flatMap(stepFindings)];
}

/** One for the whole plan, told of its first step that waits. */
function waitFindings(steps: readonly Step[]): readonly Finding[] {
  const first = steps.find(({ waits }) => waits);
  if (first === undefined) return [];
  const message =
    "Steps wait for everybody who uses their tables, and everybody who comes later waits behind them: behind one long transaction, without end.";
  const advice =
    "Run it with a lockTimeout, such as 2000 milliseconds: it then stops without a trace, and may be run again.";
  return [{ code: "no-lock-timeout", about: "lock", step: first.line, message, advice, rows: undefined }];
}

function stepFindings(step: Step): readonly Finding[] {
  return [
    ...step.hazards.map((hazard) => dataFinding(step, hazard)),
    ...step.locks.map(({ code, message, advice }): Finding => ({
      code,
      about: "lock",
      step: step.line,
      message,
      advice,
      rows: undefined,
    })),
    ...partsOf(step.change).flatMap((change) => otherFindings(step, change)),
  ];
}

function dataFinding(step: Step, { code, level, target, message, rows }: Hazard): Finding {
  const advice =
    level === "destructive"
      ? `Save what is needed, then acknowledge "${code}:${target}".`
      : "Look at the rows, and mend those that stand in the way, before it is applied.";
  return { code, about: "data", step: step.line, message, advice, rows };
}

const twoSteps = "Add the new beside the old, let programs use both, and remove the old when none uses it any more.";

function otherFindings(step: Step, change: Change): readonly Finding[] {
  const place = placeOfChange(change);
  const finding = (code: string, about: Finding["about"], message: string, advice: string): readonly Finding[] => [
    { code, about, step: step.line, message, advice, rows: undefined },
  ];
  switch (change.kind) {
    case "renameTable":
      return finding("rename-table", "compatibility", `Programs that run still ask for "${change.from}".`, twoSteps);
    case "renameColumn":
      return finding(
        "rename-column",
        "compatibility",
        `Programs that run still ask for "${place}.${change.from}".`,
        twoSteps,
      );
    case "createTable":
      return change.table.primaryKey === undefined
        ? finding(
            "no-primary-key",
            "design",
            `The table "${place}" has no primary key.`,
            "Give it one: rows cannot be told apart without.",
          )
        : [];
    case "alterColumn": {
      if (change.from.nullable || !change.to.nullable) return [];
      const message = `Programs that run may not expect that "${place}.${change.to.name}" has no value.`;
      return finding("drop-not-null", "compatibility", message, "Let them take nulls first.");
    }
    default:
      return [];
  }
}
