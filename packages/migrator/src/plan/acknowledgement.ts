import { MigrationError } from "@mortise/core/adapter";
import type { Hazard } from "./hazards.ts";
import type { Plan } from "./plan-changes.ts";

/** True when somebody has said that this may happen: `drop-column`, `drop-column:users.name`, or `all`. */
export function isAcknowledged(code: string, target: string, acknowledged: readonly string[]): boolean {
  return acknowledged.includes("all") || acknowledged.includes(code) || acknowledged.includes(`${code}:${target}`);
}

/** The destructive parts of a plan that concern rows and that nobody has acknowledged. Where no rows are, nothing is lost. */
export function unacknowledged(plan: Plan, acknowledged: readonly string[]): readonly Hazard[] {
  return plan.steps
    .flatMap((step) => step.hazards)
    .filter(
      ({ level, rows, code, target }) =>
        level === "destructive" && rows !== 0 && !isAcknowledged(code, target, acknowledged),
    );
}

/** Refuses a plan that would destroy something unasked, before anything is touched. */
export function requireAcknowledged(plan: Plan, acknowledged: readonly string[]): void {
  const open = unacknowledged(plan, acknowledged);
  if (open.length === 0) return;
  const lines = open.map(
    (hazard) => `\n- ${hazardLine(hazard)} Acknowledge it with "${hazard.code}:${hazard.target}".`,
  );
  throw new MigrationError(
    `The plan destroys something, so nothing was changed until each of these is acknowledged:${lines.join("")}`,
  );
}

/** Refuses a column that no row could have a value for: not every database does, and what it would put there is nobody's. */
export function requireFillable({ steps }: Plan): void {
  const open = steps
    .flatMap(({ hazards }) => hazards)
    .filter(({ code, rows = 0 }) => code === "add-not-null-column" && rows > 0);
  if (open.length === 0) return;
  throw new MigrationError(
    `Rows have no value for a new column, so nothing was changed:${open.map((hazard) => `\n- ${hazardLine(hazard)}`).join("")}\n` +
      "Give the column a constant default, or make it nullable, fill it, and make it not null then.",
  );
}

/** A hazard in one line: `The values of the column "users.name" are lost. 12 rows are concerned.` */
export function hazardLine({ message, rows }: Hazard): string {
  if (rows === undefined) return message;
  return `${message} ${rows} ${rows === 1 ? "row is" : "rows are"} concerned.`;
}
