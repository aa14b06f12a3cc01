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
  if (state.computed.length > 0) nestPivot(state, rows);
  if (hook === undefined || !hasAfterFetch(state)) return rows;
  const returned: unknown = Reflect.apply(hook, undefined, [rows]);
  return after(returned, (value) => (Array.isArray(value) ? value.map((row) => adopt(state, row)) : rows));
}

/** A row that a hook copied with a spread is still one of the model. */
function adopt({ entry }: QueryState, row: object): object {
  return Object.getPrototypeOf(row) === Object.prototype ? Object.setPrototypeOf(row, entry.model.prototype) : row;
}

/** Puts the columns of the pivot, read beside those of the row, under `pivot`. */
function nestPivot({ computed }: QueryState, rows: readonly object[]): void {
  const columns = computed.flatMap(({ name, pivot }) => (pivot === undefined ? [] : [{ name, pivot }]));
  if (columns.length === 0) return;
  for (const row of rows) {
    const values = columns.map(({ name, pivot }): [string, unknown] => [pivot, Reflect.get(row, name)]);
    for (const { name } of columns) Reflect.deleteProperty(row, name);
    Reflect.set(row, "pivot", Object.fromEntries(values));
  }
}
