import type { ColumnInfo } from "./model-info.ts";
import type { RelationInfo } from "./relation.ts";

/** The columns of the parent's row that decide where a relation leads: its key, then its constants. */
export function parentColumns({ from, constants }: RelationInfo): readonly ColumnInfo[] {
  return [...from, ...constants.flatMap(({ at, column }) => (at === "source" ? [column] : []))];
}
