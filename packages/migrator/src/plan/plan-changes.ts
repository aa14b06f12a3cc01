import type { Change, ColumnState, LockWarning, SchemaAdapter, SchemaState } from "@mortise/core/state";
import type { KeptObject, SchemaDiff } from "../diff/schema-diff.ts";
import { ambiguities } from "./ambiguities.ts";
import { placeOfChange } from "./change-place.ts";
import { describeChange } from "./describe-change.ts";
import { hazardsOf, type Hazard } from "./hazards.ts";
import { orderChanges } from "./order-changes.ts";
import { reverseChange, type Reverse } from "./reverse-change.ts";

/** One change with the statements that make it, as text. */
export interface Step {
  readonly change: Change;
  readonly line: string;
  readonly statements: readonly string[];
  /** Made and committed by itself, as the engine does not take it into a transaction with the steps that follow. */
  readonly alone: boolean;
  /** What it does to rows. One that is destructive needs an acknowledgement where rows are concerned. */
  readonly hazards: readonly Hazard[];
  /** What it makes others wait for, with the safe form. */
  readonly locks: readonly LockWarning[];
  /** Waits for everybody who uses its table, while all who come later wait behind it: for how long, `lockTimeout` says. */
  readonly waits: boolean;
  readonly reverse: Reverse;
}

/** A difference that cannot be migrated, and why. */
export interface Refusal {
  readonly change: Change;
  readonly line: string;
  readonly reason: string;
  /** What to say instead, where it is for you to decide: `{ rename: "users.name:full_name" }`. */
  readonly choices: readonly Choice[];
}

export type Choice = { readonly rename: string } | { readonly acknowledge: string };

/** The way from a database to a schema. */
export interface Plan {
  readonly steps: readonly Step[];
  /** While there is one, nothing of the plan is applied. */
  readonly refused: readonly Refusal[];
  readonly kept: readonly KeptObject[];
}

/** What may happen, and in which form. */
interface Manner {
  readonly acknowledge?: readonly string[] | undefined;
  /** In the forms that let others go on meanwhile. */
  readonly online?: boolean | undefined;
}

/** Puts changes in order, lets the adapter say which it cannot make, and writes the statements of the others. Pure. */
export function planChanges(
  diff: SchemaDiff,
  schema: SchemaAdapter,
  actual: SchemaState,
  { acknowledge = [], online = false }: Manner = {},
): Plan {
  const ordered = orderChanges(diff.changes);
  const refused: Refusal[] = [...ambiguities(ordered, acknowledge)];
  const made = schema.rewrite?.(ordered, actual) ?? ordered;
  const changes = online ? (schema.online?.(made, actual) ?? made) : made;
  const steps: Step[] = [];
  for (const change of changes) {
    const reason = refusal(change, schema);
    if (reason === undefined) steps.push(stepOf(change, schema));
    else refused.push({ change, line: describeChange(change), reason, choices: [] });
  }
  return { steps, refused, kept: diff.kept };
}

function stepOf(change: Change, schema: SchemaAdapter): Step {
  return {
    change,
    line: describeChange(change),
    statements: schema.render(change).map((statement) => schema.describe(statement)),
    alone: schema.isAlone?.(change) ?? false,
    hazards: hazardsOf(change, schema),
    locks: schema.locks(change),
    waits: schema.waits?.(change) ?? false,
    reverse: reverseChange(change),
  };
}

function refusal(change: Change, schema: SchemaAdapter): string | undefined {
  const untyped = newColumns(change).find((column) => !column.managed);
  if (untyped !== undefined) {
    return (
      `The column "${untyped.name}" of the table "${placeOfChange(change)}" does not exist and its model gives no type to make it with. ` +
      'Give it one, as in col<T>({ type: "string" }).'
    );
  }
  const supported = schema.supports(change);
  return supported === true ? undefined : supported.reason;
}

function newColumns(change: Change): readonly ColumnState[] {
  switch (change.kind) {
    case "createTable":
      return change.table.columns;
    case "addColumn":
      return [change.column];
    case "changeTable":
      return change.changes.flatMap(newColumns);
    default:
      return [];
  }
}
