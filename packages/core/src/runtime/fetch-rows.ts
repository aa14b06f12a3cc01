import type { Awaitable } from "../adapter/adapter.ts";
import { planRows, type Variant } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { hasFetchHook, type QueryState } from "../query/query-state.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { after } from "./awaitable.ts";
import { loadRelations } from "./load-relations.ts";
import type { Fetched, Reader } from "./reader.ts";

const plain: Variant = { mark: "", extra: [] };

/** Reads a query's rows with hooks and relations: what every terminal that gives rows goes through. */
export function fetchRows(reader: Reader, state: QueryState): Awaitable<readonly object[]> {
  return after(fetchVariant(reader, state, plain), ({ rows }) => runAfterFetch(state, rows));
}

/** Reads rows up to, but without, `afterFetch`. */
export function fetchVariant(reader: Reader, state: QueryState, variant: Variant): Awaitable<Fetched> {
  if (!hasFetchHook(state) && state.hookPoints.length === 0) {
    return execute(reader, state, variant, noContext);
  }
  return after(runFetchHooks(state, reader.draft), (hooked) => execute(reader, hooked.state, variant, hooked.context));
}

const noContext = { hooked: () => undefined, scope: [] };

function execute(
  reader: Reader,
  state: QueryState,
  variant: Variant,
  context: Parameters<typeof planRows>[2],
): Awaitable<Fetched> {
  const { core } = reader.session;
  const plan = core.plans.get(state.key + variant.mark, () =>
    planRows(core.adapter, state, context, variant.extra, variant.wrap),
  );
  return after(reader.session.execute(plan, state.values), ({ rows: raw }) => {
    const fetched = { rows: hydrate(plan.shape, raw), raw, plan };
    if (state.loads.length === 0) return fetched;
    return after(loadRelations(reader, state, fetched, fetchVariant), () => fetched);
  });
}
