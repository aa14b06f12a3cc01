import type { Change, ColumnState, SchemaAdapter } from "@mortise/core/state";
import type { KeptObject, SchemaDiff } from "../diff/schema-diff.ts";
import { describeChange } from "./describe-change.ts";
import { orderChanges } from "./order-changes.ts";

/** One change with the statements that make it, as text. */
export interface Step {
  readonly change: Change;
  readonly line: string;
  readonly statements: readonly string[];
}

/** A difference that cannot be migrated, and why. */
export interface Refusal {
  readonly change: Change;
  readonly line: string;
  readonly reason: string;
}

/** The way from a database to a schema. */
export interface Plan {
  readonly steps: readonly Step[];
  /** While there is one, nothing of the plan is applied. */
  readonly refused: readonly Refusal[];
  readonly kept: readonly KeptObject[];
}

/** Puts changes in order, lets the adapter say which it cannot make, and writes the statements of the others. Pure. */
export function planChanges(diff: SchemaDiff, schema: SchemaAdapter): Plan {
  const ordered = orderChanges(diff.changes);
  const changes = schema.rewrite?.(ordered) ?? ordered;
  const steps: Step[] = [];
  const refused: Refusal[] = [];
  for (const change of changes) {
    const line = describeChange(change);
    const reason = refusal(change, schema);
    if (reason !== undefined) refused.push({ change, line, reason });
    else steps.push({ change, line, statements: schema.render(change).map((statement) => schema.describe(statement)) });
  }
  return { steps, refused, kept: diff.kept };
}

function refusal(change: Change, schema: SchemaAdapter): string | undefined {
  const untyped = newColumns(change).find((column) => !column.managed);
  if (untyped !== undefined) {
    const table = change.kind === "createTable" ? change.table.name : change.table;
    return (
      `The column "${untyped.name}" of the table "${table}" does not exist and its model gives no type to make it with. ` +
      'Give it one, as in col<T>({ type: "string" }).'
    );
  }
  const supported = schema.supports(change);
  return supported === true ? undefined : supported.reason;
}

function newColumns(change: Change): readonly ColumnState[] {
  if (change.kind === "createTable") return change.table.columns;
  return change.kind === "addColumn" ? [change.column] : [];
}
