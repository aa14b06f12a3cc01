import { hazardLine } from "./acknowledgement.ts";
import type { Plan, Step } from "./plan-changes.ts";

/**
 * A plan for a person (`text`), for the database (`sql`), or for a program (`json`).
 *
 * `printPlan(await plan(db), "sql")`
 *
 * The SQL is what `apply` runs, in its order; what must be committed by itself is marked. The JSON has a `version`, now 1.
 */
export function printPlan(plan: Plan, format: "text" | "sql" | "json"): string {
  switch (format) {
    case "text":
      return textPlan(plan);
    case "sql":
      return plan.steps.map(sqlStep).join("\n");
    case "json":
      return JSON.stringify(jsonPlan(plan), undefined, 2);
  }
}

function textPlan({ steps, refused, kept }: Plan): string {
  const lines = [
    ...steps.flatMap((step, at) => [
      `${at + 1}. ${step.line}${step.alone ? " (committed by itself)" : ""}`,
      ...step.hazards.map(
        (hazard) => `   ${hazard.level === "destructive" ? "!" : "?"} ${hazard.code}: ${hazardLine(hazard)}`,
      ),
      ...step.locks.map(({ code, message }) => `   ~ ${code}: ${message}`),
      ...("none" in step.reverse ? [`   no way back: ${step.reverse.none}`] : []),
    ]),
    ...refused.map(({ line, reason }) => `refused: ${line}: ${reason}`),
    ...kept.map(({ kind, table, name }) => `kept: ${kind} ${table === undefined ? "" : `${table}.`}${name}`),
  ];
  return lines.length === 0 ? "no differences" : lines.join("\n");
}

/** The line is a comment, whatever names are in it. */
function sqlStep({ line, statements, alone }: Step): string {
  const comment = `-- ${line.replaceAll(/[\r\n\u2028\u2029]+/g, " ")}${alone ? " (committed by itself)" : ""}`;
  return [comment, ...statements.map((statement) => `${statement};`)].join("\n");
}

function jsonPlan({ steps, refused, kept }: Plan): object {
  return {
    version: 1,
    steps: steps.map(({ change, line, statements, alone, hazards, locks, reverse }) => ({
      kind: change.kind,
      line,
      statements,
      alone,
      hazards: hazards.map(({ code, level, target, message, rows = null }) => ({ code, level, target, message, rows })),
      locks,
      reversible: !("none" in reverse),
    })),
    refused: refused.map(({ line, reason, choices }) => ({ line, reason, choices })),
    kept: kept.map(({ kind, table = null, name }) => ({ kind, table, name })),
  };
}
