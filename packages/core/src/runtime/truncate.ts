import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { modelSource } from "../plan/build-select.ts";
import { plannedQuery } from "../plan/plan-rows.ts";
import type { QueryState } from "../query/query-state.ts";
import { after } from "./awaitable.ts";
import type { Reader } from "./reader.ts";

/** Empties a model's table, deleted rows included. A query that picks rows is refused: it means `delete`. */
export function truncateTable(reader: Reader, state: QueryState): Awaitable<void> {
  const { core } = reader.session;
  if (state.where.length > 0 || state.joins.length > 0 || state.limit !== undefined || state.offset !== undefined) {
    throw new InvalidQueryError(
      `truncate empties all of "${state.entry.info.table}", but this query picks rows. Use forceDelete() for those.`,
      { model: state.entry.info.table },
    );
  }
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
