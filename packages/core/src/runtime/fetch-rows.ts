import type { Awaitable } from "../adapter/adapter.ts";
import { embedLoads } from "../plan/embed-loads.ts";
import { planRows, type RowsPlan, type Variant } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { hasFetchHook, type QueryState } from "../query/query-state.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { after } from "./awaitable.ts";
import { loadRelations } from "./load-relations.ts";
import type { Fetched, Reader } from "./reader.ts";

/** The rows as the query says, without further columns. */
export const plain: Variant = { mark: "", extra: [] };

/** Reads a query's rows with hooks and relations: what every terminal that gives rows goes through. `values` may stand for the query's own. */
export function fetchRows(
  reader: Reader,
  state: QueryState,
  values: readonly unknown[] = state.values,
): Awaitable<readonly object[]> {
  const fetched = fetchVariant(reader, state, plain, values);
  return fetched instanceof Promise
    ? fetched.then(({ rows }) => runAfterFetch(state, rows))
    : runAfterFetch(state, fetched.rows);
}

/** Reads rows up to, but without, `afterFetch`. */
export function fetchVariant(
  reader: Reader,
  state: QueryState,
  variant: Variant,
  values: readonly unknown[] = state.values,
): Awaitable<Fetched> {
  if (state.loads.length > 0) {
    const whole = embedLoads(reader.session.core.loadWays, { ...state, values });
    return fetchWhole(reader, whole, variant, whole.values);
  }
  return fetchWhole(reader, state, variant, values);
}

function fetchWhole(
  reader: Reader,
  state: QueryState,
  variant: Variant,
  values: readonly unknown[],
): Awaitable<Fetched> {
  if (!hasFetchHook(state) && state.hookPoints.length === 0) {
    return execute(reader, state, values, variant, noContext);
  }
  return after(runFetchHooks({ ...state, values }, reader.draft), (hooked) =>
    execute(reader, hooked.state, hooked.state.values, variant, hooked.context),
  );
}

const noContext = { hooked: () => undefined, scope: [] };

function execute(
  reader: Reader,
  state: QueryState,
  values: readonly unknown[],
  variant: Variant,
  context: Parameters<typeof planRows>[2],
): Awaitable<Fetched> {
  const { core } = reader.session;
  const plan = core.plans.get(state.key + variant.mark, () =>
    planRows(core.adapter, state, context, variant.extra, variant.wrap),
  );
  const result = reader.session.execute(plan, values);
  return result instanceof Promise
    ? result.then(({ rows }) => build(reader, state, plan, rows))
    : build(reader, state, plan, result.rows);
}

function build(reader: Reader, state: QueryState, plan: RowsPlan, raw: readonly unknown[][]): Awaitable<Fetched> {
  const fetched = { rows: hydrate(plan.shape, raw), raw, plan };
  reader.session.core.guard?.readTogether(fetched.rows);
  if (state.loads.length === 0) return fetched;
  return after(loadRelations(reader, state, fetched, fetchVariant), () => fetched);
}
