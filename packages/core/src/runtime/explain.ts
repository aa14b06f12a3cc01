import type { Awaitable, Description } from "../adapter/adapter.ts";
import { UnsupportedError } from "../errors/errors.ts";
import { buildSelect } from "../plan/build-select.ts";
import { embedLoads } from "../plan/embed-loads.ts";
import { planRows, plannedQuery } from "../plan/plan-rows.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import type { QueryState } from "../query/query-state.ts";
import { after } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import type { Reader } from "./reader.ts";
import { objectRows } from "./raw-query.ts";

/** The statement of a query as it would be sent, without what `beforeFetch` hooks will add. */
export function describeQuery(core: DatabaseCore, state: QueryState): Description {
  const whole = embedLoads(core.loadWays, state);
  const plan = planRows(core.adapter, whole, { hooked: () => undefined, scope: [] });
  return core.adapter.describe(plan.compiled, whole.values, true);
}

/** How the engine would run a query, in the engine's own form. */
export function explainQuery(reader: Reader, state: QueryState): Awaitable<readonly object[]> {
  const { core } = reader.session;
  if (!core.adapter.capabilities.explain) {
    throw new UnsupportedError({ capability: "explain", adapter: core.adapter.name, model: state.entry.info.table });
  }
  return after(runFetchHooks(state, reader.draft), (hooked) => {
    const plan = core.plans.get(`${hooked.state.key}\nexplain`, () => {
      const { statement } = buildSelect(hooked.state, hooked.context);
      const query = plannedQuery({ kind: "explain", query: statement }, [], state.entry.info);
      return { query, compiled: core.adapter.compile(query) };
    });
    return after(reader.session.execute(plan, hooked.state.values), objectRows);
  });
}
