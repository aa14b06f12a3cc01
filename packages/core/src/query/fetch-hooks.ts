import type { Awaitable } from "../adapter/adapter.ts";
import type { HookName } from "../model/model-info.ts";
import type { Expression } from "../operation/expression.ts";
import { after, inOrder } from "../runtime/awaitable.ts";
import type { DraftMaker } from "./relation-query.ts";
import {
  conditionsToExpression,
  emptyState,
  hasFetchHook,
  ROOT_HOOK,
  type HookPoint,
  type PlanContext,
  type QueryState,
} from "./query-state.ts";

/** A query with what its hooks added: the key and values grew, the conditions wait in the context. */
export interface Hooked {
  readonly state: QueryState;
  readonly context: PlanContext;
}

const noHooks: PlanContext = Object.freeze({ hooked: () => undefined, scope: [] });

/**
 * Runs the `beforeFetch` hooks of a query's model and of every nested one, anew at each execution.
 *
 * Each runs on a draft of its own, so what it adds is grouped with AND around the caller's conditions and is added once.
 */
export function runFetchHooks(state: QueryState, draft: DraftMaker): Awaitable<Hooked> {
  return runQueryHooks(state, hasFetchHook(state) ? "beforeFetch" : undefined, draft);
}

/** As `runFetchHooks`, with another hook for the query's own model: a write's. */
export function runQueryHooks(state: QueryState, own: HookName | undefined, draft: DraftMaker): Awaitable<Hooked> {
  if (own === undefined && state.hookPoints.length === 0) return { state, context: noHooks };
  const points: { id: number; point: HookPoint; hook: HookName }[] = state.hookPoints.map((point, id) => ({
    id,
    point,
    hook: "beforeFetch",
  }));
  if (own !== undefined) points.push({ id: ROOT_HOOK, point: { entry: state.entry, alias: state.alias }, hook: own });
  const added = new Map<number, Expression | undefined>();
  let { key, values } = state;
  const done = inOrder(points, ({ id, point, hook }) => {
    const start = { ...emptyState(state.registry, point.entry), alias: point.alias, key: "", values, loose: true };
    const query = draft(start);
    const returned: unknown = Reflect.apply(point.entry.info.hooks[hook]!, undefined, [query]);
    return after(returned, () => {
      const finished = query.finish();
      key += `~${id}(${finished.key})`;
      values = finished.values;
      added.set(id, conditionsToExpression(finished.where, noHooks));
    });
  });
  return after(done, () => ({
    state: { ...state, key, values },
    context: { hooked: (id) => added.get(id), scope: [] },
  }));
}
