import type { Change, RowProbe, SchemaAdapter } from "@mortise/core/state";
import { partsOf } from "./change-place.ts";
import type { Hazard } from "./hazards.ts";
import type { Plan } from "./plan-changes.ts";

/** The plan with the rows counted that each hazard concerns, in the database as it is before the plan. */
export async function countRows(plan: Plan, schema: SchemaAdapter): Promise<Plan> {
  const changes = plan.steps.flatMap(({ change }) => partsOf(change));
  const steps = [];
  for (const step of plan.steps) {
    const hazards: Hazard[] = [];
    for (const hazard of step.hazards) {
      const probe = hazard.probe && probeBefore(hazard.probe, changes);
      const rows = probe === undefined ? undefined : await schema.countRows(probe);
      hazards.push({ ...hazard, rows });
    }
    steps.push({ ...step, hazards });
  }
  return { ...plan, steps };
}

/** A probe by the names that the database has now. A column that is only being made has no rows to count. */
function probeBefore(probe: RowProbe, changes: readonly Change[]): RowProbe | undefined {
  const isHere = (change: { readonly table: string; readonly namespace: string | undefined }): boolean =>
    change.table === probe.table && change.namespace === probe.namespace;
  const names = new Map(
    changes.flatMap((change) => (change.kind === "renameColumn" && isHere(change) ? [[change.to, change.from]] : [])),
  );
  // One that is dropped and added again is there.
  const gone = new Set(
    changes.flatMap((change) => (change.kind === "dropColumn" && isHere(change) ? [change.column.name] : [])),
  );
  const made = new Set(
    changes.flatMap((change) =>
      change.kind === "addColumn" && isHere(change) && !gone.has(change.column.name) ? [change.column.name] : [],
    ),
  );
  const { rows } = probe;
  const columns = "columns" in rows ? rows.columns : "column" in rows ? [rows.column] : [];
  if (columns.some((column) => made.has(column))) return undefined;
  const old = (column: string): string => names.get(column) ?? column;
  const renamed = changes.find(
    (change) => change.kind === "renameTable" && change.to === probe.table && change.namespace === probe.namespace,
  );
  return {
    ...probe,
    table: renamed?.kind === "renameTable" ? renamed.from : probe.table,
    rows:
      "columns" in rows
        ? { ...rows, columns: rows.columns.map(old) }
        : "column" in rows
          ? { ...rows, column: old(rows.column) }
          : rows,
  };
}
