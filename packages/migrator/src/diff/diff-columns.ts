import { isSame, type Change, type ColumnState, type TableState } from "@mortise/core/state";
import type { OnTable } from "./diff-table.ts";
import type { Fold } from "./match.ts";
import type { KeptObject, SchemaDiff } from "./schema-diff.ts";

/** Columns that are missing or other than wanted. A column whose model gives no type is left as it is. */
export function diffColumns(place: OnTable, actual: TableState, desired: TableState, fold: Fold): SchemaDiff {
  const left = new Map(actual.columns.map((column) => [fold(column.name), column]));
  const changes = desired.columns.flatMap((column): readonly Change[] => {
    const existing = left.get(fold(column.name));
    left.delete(fold(column.name));
    if (existing !== undefined) return diffColumn(place, existing, column);
    const renamed = column.renamedFrom === undefined ? undefined : left.get(fold(column.renamedFrom));
    if (renamed === undefined) return [{ kind: "addColumn", ...place, column, foreignKey: undefined }];
    left.delete(fold(renamed.name));
    return [{ kind: "renameColumn", ...place, from: renamed.name, to: column.name }];
  });
  const kept: readonly KeptObject[] = [...left.values()].map(({ name }) => ({
    kind: "column",
    table: actual.name,
    name,
  }));
  return { changes, kept };
}

function diffColumn(place: OnTable, from: ColumnState, to: ColumnState): readonly Change[] {
  if (!to.managed || isSame(comparable(from), comparable(to))) return [];
  return [{ kind: "alterColumn", ...place, from, to }];
}

/** What of a column is in the database: the logical type is not, its declared form is. */
function comparable(column: ColumnState): Partial<ColumnState> {
  const { databaseType, nullable, default: value, autoIncrement, generated, collation, comment } = column;
  return { databaseType, nullable, default: value, autoIncrement, generated, collation, comment };
}
