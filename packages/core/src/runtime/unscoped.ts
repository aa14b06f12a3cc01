import { emptyState, type QueryState } from "../query/query-state.ts";

/** The bare query of a model: no caller conditions, no hooks, deleted rows included. */
export function unscoped({ registry, entry }: QueryState): QueryState {
  const empty = emptyState(registry, entry);
  return { ...empty, key: `${empty.key}tw`, trashed: "with", skippedHooks: ["beforeFetch", "afterFetch"] };
}
