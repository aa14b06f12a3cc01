import type { Awaitable } from "../adapter/adapter.ts";
import type { QueryState } from "../query/query-state.ts";
import { after } from "./awaitable.ts";

/** Whether the `afterFetch` hook of a query's model runs. */
export function hasAfterFetch({ entry, skippedHooks }: QueryState): boolean {
  return entry.info.hooks.afterFetch !== undefined && !skippedHooks.includes("afterFetch");
}

/** Calls the `afterFetch` hook of a query's model, if it has one: a list that it returns replaces the rows. */
export function runAfterFetch(state: QueryState, rows: readonly object[]): Awaitable<readonly object[]> {
  const hook = state.entry.info.hooks.afterFetch;
  if (hook === undefined || !hasAfterFetch(state)) return rows;
  const returned: unknown = Reflect.apply(hook, undefined, [rows]);
  return after(returned, (value) => (Array.isArray(value) ? Array.from<object>(value) : rows));
}
