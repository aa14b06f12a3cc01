import type { QueryState } from "../query/query-state.ts";
import type { Reader } from "./reader.ts";

/**
 * A query that sees what others committed since this transaction's snapshot, as a write does: after a unique key was hit, a plain read
 * of the snapshot may not find the row that holds it.
 */
export function latest(reader: Reader, state: QueryState): QueryState {
  if (!reader.session.core.adapter.capabilities.rowLocks || state.lock !== undefined) return state;
  return { ...state, key: `${state.key}\nS`, lock: { strength: "share", wait: "wait" } };
}
