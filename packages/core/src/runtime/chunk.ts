import { InvalidValueError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";
import { embedLoads } from "../plan/embed-loads.ts";
import { planRows } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { cursorPage } from "./cursor-paginate.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { fetchVariant } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";
import { loadRelations } from "./load-relations.ts";

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

export function requireSize(state: QueryState, what: string, size: unknown): number {
  if (typeof size === "number" && Number.isSafeInteger(size) && size >= 1) return size;
  throw new InvalidValueError(`The size of a ${what} must be a whole number, 1 or more.`, {
    model: state.entry.info.table,
  });
}

/** Reads a query row by row in constant memory; relations are loaded for each batch. Ends when the caller breaks off. */
export async function* stream(
  reader: Reader,
  state: QueryState,
  batchSize: number,
): AsyncGenerator<object, void, undefined> {
  const { session } = reader;
  const { core } = session;
  await core.ready();
  const hooked = await runFetchHooks(embedLoads(core.loadWays, state), reader.draft);
  const plan = core.plans.get(hooked.state.key, () => planRows(core.adapter, hooked.state, hooked.context));
  for await (const raw of session.stream(plan, hooked.state.values, batchSize)) {
    const fetched = { rows: hydrate(plan.shape, raw), raw, plan };
    if (state.loads.length > 0) await loadRelations(reader, hooked.state, fetched, fetchVariant);
    yield* await runAfterFetch(state, fetched.rows);
  }
}
