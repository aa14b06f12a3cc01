import type { ThroughInfo } from "../model/relation.ts";
import type { QueryState } from "../query/query-state.ts";
import { beforeInsertMany } from "./insert.ts";
import { executeInsert } from "./insert-statement.ts";
import type { Reader } from "./reader.ts";
import { rowChunks } from "./row-chunks.ts";
import { currentInstant, insertValuesOfAll } from "./write-values.ts";

/** Inserts rows of a pivot, with its timestamps and hooks, and reads none back. */
export async function insertPivotRows(
  reader: Reader,
  state: QueryState,
  { stamps }: ThroughInfo,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const { entry, registry } = state;
  const stamped = rows.map((row) =>
    stamps === undefined
      ? row
      : {
          [stamps.created.property]: currentInstant(stamps.created),
          [stamps.updated.property]: currentInstant(stamps.updated),
          ...row,
        },
  );
  await beforeInsertMany(state, stamped);
  const stored = insertValuesOfAll(registry, entry.info, stamped);
  for (const chunk of rowChunks(stored, reader.session.core.adapter.capabilities)) {
    await executeInsert(reader, entry, chunk, undefined, "nothing");
  }
}
