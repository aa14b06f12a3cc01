import { InvalidValueError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";
import { embedLoads } from "../plan/embed-loads.ts";
import { planRows } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { fetchVariant } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";
import { loadRelations } from "./load-relations.ts";

/** The number of rows that are read at a time, checked. */
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
