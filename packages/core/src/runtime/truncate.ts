import type { Awaitable } from "../adapter/adapter.ts";
import { modelSource } from "../plan/build-select.ts";
import { plannedQuery } from "../plan/plan-rows.ts";
import type { QueryState } from "../query/query-state.ts";
import { after } from "./awaitable.ts";
import type { Reader } from "./reader.ts";

/** Empties a model's table, whatever the query filters by. */
export function truncateTable(reader: Reader, state: QueryState): Awaitable<void> {
  const { core } = reader.session;
  const plan = core.plans.get(`${core.stateOf(state.entry).key}\nT`, () => {
    const query = plannedQuery(
      { kind: "truncate", table: modelSource(core.stateOf(state.entry)) },
      [],
      state.entry.info,
    );
    return { query, compiled: core.adapter.compile(query) };
  });
  return after(reader.session.execute(plan, []), () => undefined);
}
