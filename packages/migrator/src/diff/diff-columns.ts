import { isSame, type Change, type ColumnState, type TableState } from "@mortise/core/state";
import type { OnTable } from "./diff-table.ts";
import type { Fold } from "./match.ts";
import type { PartDiff } from "./schema-diff.ts";

/** Columns that are missing or other than wanted, after the renames. A column whose model gives no type is left as it is. */
export function diffColumns(place: OnTable, actual: TableState, desired: TableState, fold: Fold): PartDiff {
  const left = new Map(actual.columns.map((column) => [fold(column.name), column]));
  const changes = desired.columns.flatMap((column): readonly Change[] => {
    const existing = left.get(fold(column.name));
    left.delete(fold(column.name));
    if (existing !== undefined) return diffColumn(place, existing, column);
    return [{ kind: "addColumn", ...place, column, foreignKey: undefined }];
  });
  const extra = [...left.values()].map((column) => ({
    kept: { kind: "column", table: actual.name, name: column.name },
    drop: { kind: "dropColumn" as const, ...place, column },
  }));
  return { changes, extra };
}

function diffColumn(place: OnTable, from: ColumnState, to: ColumnState): readonly Change[] {
  if (!to.managed || isSame(comparable(from), comparable(to))) return [];
  return [{ kind: "alterColumn", ...place, from, to: { ...to, name: from.name } }];
}

/** What of a column is in the database: the logical type is not, its declared form is. */
function comparable(column: ColumnState): Partial<ColumnState> {
  const { databaseType, nullable, default: value, autoIncrement, generated, collation, comment } = column;
  return { databaseType, nullable, default: value, autoIncrement, generated, collation, comment };
}
