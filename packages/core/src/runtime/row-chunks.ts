import type { Capabilities } from "../adapter/capabilities.ts";
import { sameColumns, type RowValues } from "./row-values.ts";

/** Cuts rows into those of one statement: neighbours that give the same columns, within the adapter's limits. */
export function* rowChunks(
  rows: readonly RowValues[],
  { maxParameters, rowsPerInsert }: Pick<Capabilities, "maxParameters" | "rowsPerInsert">,
): Generator<readonly RowValues[]> {
  let at = 0;
  while (at < rows.length) {
    const first = rows[at]!;
    const fitting = Math.floor(maxParameters / Math.max(first.size, 1));
    const most = Math.max(1, Math.min(rowsPerInsert, fitting));
    let end = at + 1;
    while (end < rows.length && end - at < most && sameColumns(first, rows[end]!)) end += 1;
    yield rows.slice(at, end);
    at = end;
  }
}
