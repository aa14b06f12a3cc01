import type { Change, ChangeOf, TableState } from "@mortise/core/state";
import { isAcknowledged } from "./acknowledgement.ts";
import { placeOfChange } from "./change-place.ts";
import { describeChange } from "./describe-change.ts";
import type { Choice, Refusal } from "./plan-changes.ts";

/**
 * A drop that may be half of a rename: the same table gets a column of the same type, or a table with the same columns is made. Nobody
 * guesses; a rename or an acknowledgement that names the object decides.
 */
export function ambiguities(changes: readonly Change[], acknowledged: readonly string[]): readonly Refusal[] {
  return changes.flatMap((change): readonly Refusal[] => {
    if (change.kind === "dropColumn") return droppedColumn(change, changes, acknowledged);
    return change.kind === "dropTable" ? droppedTable(change, changes, acknowledged) : [];
  });
}

function droppedColumn(
  change: ChangeOf<"dropColumn">,
  changes: readonly Change[],
  acknowledged: readonly string[],
): readonly Refusal[] {
  const target = `${placeOfChange(change)}.${change.column.name}`;
  const added = changes.flatMap((other) =>
    other.kind === "addColumn" &&
    placeOfChange(other) === placeOfChange(change) &&
    other.column.databaseType === change.column.databaseType
      ? [other.column.name]
      : [],
  );
  return refuseUnless("drop-column", target, added, change, acknowledged);
}

function droppedTable(
  change: ChangeOf<"dropTable">,
  changes: readonly Change[],
  acknowledged: readonly string[],
): readonly Refusal[] {
  const created = changes.flatMap((other) =>
    other.kind === "createTable" && sameColumns(other.table, change.table) ? [other.table.name] : [],
  );
  return refuseUnless("drop-table", placeOfChange(change), created, change, acknowledged);
}

function sameColumns(a: TableState, b: TableState): boolean {
  const names = (table: TableState): string => JSON.stringify(table.columns.map(({ name }) => name).toSorted());
  return names(a) === names(b);
}

function refuseUnless(
  code: string,
  target: string,
  candidates: readonly string[],
  change: Change,
  acknowledged: readonly string[],
): readonly Refusal[] {
  if (
    candidates.length === 0 ||
    acknowledged.includes(`${code}:${target}`) ||
    isAcknowledged("all", "", acknowledged)
  ) {
    return [];
  }
  const choices: readonly Choice[] = [
    ...candidates.map((name) => ({ rename: `${target}:${name}` })),
    { acknowledge: `${code}:${target}` },
  ];
  const renames = candidates.map((name) => `"${target}:${name}"`).join(" or ");
  const reason =
    `It may be a rename. If it is, say so with rename: ${renames} (or renamedFrom in the model); ` +
    `if "${target}" shall really go, acknowledge "${code}:${target}".`;
  return [{ change, line: describeChange(change), reason, choices }];
}
