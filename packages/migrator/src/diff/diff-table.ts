import { isSame, type Change, type TableOptions, type TableState } from "@mortise/core/state";
import { diffColumns } from "./diff-columns.ts";
import { diffChecks, diffForeignKeys, diffIndexes } from "./diff-constraints.ts";
import { isUnnamed, type Fold } from "./match.ts";
import type { RenameHint } from "./rename-hint.ts";
import type { DiffRules, KeptObject, PartDiff } from "./schema-diff.ts";

/** The place of a change. */
export interface OnTable {
  readonly table: string;
  readonly namespace: string | undefined;
}

/** What has to change in a table that is there, under the name that it shall have. */
export function diffTable(
  actual: TableState,
  desired: TableState,
  rules: DiffRules,
  hints: readonly RenameHint[],
): PartDiff & { readonly kept: readonly KeptObject[] } {
  const fold = rules.foldName;
  const place = { table: actual.name, namespace: actual.namespace };
  const parts = [
    { changes: diffOptions(place, actual, desired), extra: [] },
    diffColumns(place, actual, desired, fold),
    diffPrimaryKey(place, actual, desired, fold),
    diffChecks(place, actual, desired, fold),
    diffIndexes(place, actual, desired, fold, hints),
    diffForeignKeys(place, actual, desired, rules),
  ];
  return {
    changes: parts.flatMap((part) => part.changes),
    extra: parts.flatMap((part) => part.extra),
    kept: actual.unmanaged.map(({ kind, name }) => ({ kind, table: actual.name, name })),
  };
}

/** An option that the model leaves open is as the database has it. */
function diffOptions(place: OnTable, actual: TableState, desired: TableState): readonly Change[] {
  const asked = Object.entries(desired.options).filter(([, value]) => value !== undefined);
  const to: TableOptions = { ...actual.options, ...Object.fromEntries(asked) };
  const options: readonly Change[] = isSame(actual.options, to)
    ? []
    : [{ kind: "alterTable", ...place, from: actual.options, to }];
  const comment: readonly Change[] =
    desired.comment === undefined || desired.comment === actual.comment
      ? []
      : [{ kind: "setTableComment", ...place, from: actual.comment, to: desired.comment }];
  return [...options, ...comment];
}

function diffPrimaryKey(place: OnTable, actual: TableState, desired: TableState, fold: Fold): PartDiff {
  const [from, to] = [actual.primaryKey, desired.primaryKey];
  if (to === undefined) {
    if (from === undefined) return { changes: [], extra: [] };
    const kept = { kind: "primary key", table: actual.name, name: from.columns.join(", ") };
    return { changes: [], extra: [{ kept, drop: { kind: "setPrimaryKey", ...place, from, to } }] };
  }
  const sameColumns = isSame(from?.columns.map(fold), to.columns.map(fold));
  const sameName = isUnnamed(desired.name, "primary", to.name, []) || to.name === from?.name;
  return { changes: sameColumns && sameName ? [] : [{ kind: "setPrimaryKey", ...place, from, to }], extra: [] };
}
