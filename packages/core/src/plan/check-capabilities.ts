import type { Adapter } from "../adapter/adapter.ts";
import { UnsupportedError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";

/** Refuses by name what the adapter cannot do, before anything is sent. */
export function checkCapabilities(adapter: Pick<Adapter, "name" | "capabilities">, state: QueryState): void {
  const { capabilities } = adapter;
  const refuse = (capability: string, alternative: string): never => {
    throw new UnsupportedError({ capability, adapter: adapter.name, alternative, model: state.entry.info.table });
  };
  if (state.lock !== undefined && !capabilities.rowLocks) {
    refuse(
      state.lock.strength === "update" ? "lockForUpdate" : "lockForShare",
      "Use a transaction: it locks what it writes.",
    );
  }
  if (state.distinctOn.length > 0 && !capabilities.distinctOn) {
    refuse("distinctOn", "Use distinct, groupBy, or a relation with a limit.");
  }
  const join = state.joins.find(({ type }) => !capabilities.joins.includes(type));
  if (join !== undefined) refuse(`A ${join.type} join`, "Load the relation instead.");
  const named = capabilities.joinsByName ? undefined : state.joins.find(({ model }) => model === undefined);
  if (named !== undefined) refuse(`A join by the name of a table, "${named.alias}",`, "Join the model.");
  const set = state.sets.find(({ operator }) => !capabilities.setOperations.includes(operator));
  if (set !== undefined) refuse(set.operator, "Run two queries.");
  if (state.common.length > 0 && !capabilities.commonTables) refuse("A common table expression", "Run two queries.");
}
