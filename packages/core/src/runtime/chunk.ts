import { InvalidValueError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";
import { planRows } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { cursorPaginate } from "./cursor-paginate.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { fetchVariant } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";
import { loadRelations } from "./load-relations.ts";
import { toMortiseError } from "./session.ts";

/** Calls back with one list of rows after the other. Each list starts behind the last row of the one before. */
export async function chunk(reader: Reader, state: QueryState, size: unknown, callback: unknown): Promise<void> {
  const perPage = requireSize(state, "chunk", size);
  if (typeof callback !== "function") {
    throw new InvalidValueError("chunk needs a callback for the rows.", { model: state.entry.info.table });
  }
  let after: string | null = null;
  let index = 0;
  do {
    const page: Awaited<ReturnType<typeof cursorPaginate>> = await cursorPaginate(reader, state, { perPage, after });
    if (page.data.length > 0 && (await Reflect.apply(callback, undefined, [page.data, index])) === false) return;
    after = page.meta.nextCursor;
    index += 1;
  } while (after !== null);
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
  const hooked = await runFetchHooks(state, reader.draft);
  const plan = core.plans.get(hooked.state.key, () => planRows(core.adapter, hooked.state, hooked.context));
  try {
    for await (const raw of await session.stream(plan, hooked.state.values, batchSize)) {
      const fetched = { rows: hydrate(plan.shape, raw), raw, plan };
      if (state.loads.length > 0) await loadRelations(reader, hooked.state, fetched, fetchVariant);
      yield* await runAfterFetch(state, fetched.rows);
    }
  } catch (cause) {
    throw toMortiseError(core, cause, plan);
  }
}
