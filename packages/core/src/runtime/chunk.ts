import { InvalidValueError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";
import { cursorPage } from "./cursor-paginate.ts";
import type { Reader } from "./reader.ts";
import { requireSize } from "./stream.ts";

/** Calls back with one list of rows after the other. Each list starts behind the last row of the one before. */
export async function chunk(reader: Reader, state: QueryState, size: unknown, callback: unknown): Promise<void> {
  const perPage = requireSize(state, "chunk", size);
  if (typeof callback !== "function") {
    throw new InvalidValueError("chunk needs a callback for the rows.", { model: state.entry.info.table });
  }
  let left = valueAt(state, state.limit) ?? Infinity;
  let skip = valueAt(state, state.offset) ?? 0;
  let after: string | null = null;
  let index = 0;
  while (left > 0) {
    const request = { perPage: Math.min(perPage, left), after };
    const page: Awaited<ReturnType<typeof cursorPage>> = await cursorPage(reader, state, request, skip);
    if (page.data.length > 0 && (await Reflect.apply(callback, undefined, [page.data, index])) === false) return;
    after = page.meta.nextCursor;
    if (after === null) return;
    left -= request.perPage;
    skip = 0;
    index += 1;
  }
}

/** The number in a slot of a query: its limit or its offset. */
function valueAt(state: QueryState, slot: number | undefined): number | undefined {
  return slot === undefined ? undefined : Number(state.values[slot]);
}
