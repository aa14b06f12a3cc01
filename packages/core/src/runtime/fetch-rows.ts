import type { Awaitable } from "../adapter/adapter.ts";
import type { ExtraColumn, RowsPlan, Wrap } from "../plan/plan-rows.ts";
import { planRows } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import { hasFetchHook, type QueryState } from "../query/query-state.ts";
import type { DraftMaker } from "../query/relation-query.ts";
import { after } from "./awaitable.ts";
import { loadRelations } from "./load-relations.ts";
import type { Session } from "./session.ts";

/** What a read needs beside its query. */
export interface Reader {
  readonly session: Session;
  readonly draft: DraftMaker;
}

/** A read that also wants columns to match rows by; `mark` keeps its plan apart from the plain one's. */
export interface Variant {
  readonly mark: string;
  readonly extra: readonly ExtraColumn[];
  readonly wrap?: Wrap;
}

/** Rows with the driver's rows they came from, whose further columns are undecoded. */
export interface Fetched {
  readonly rows: readonly object[];
  readonly raw: readonly unknown[][];
  readonly plan: RowsPlan;
}

const plain: Variant = { mark: "", extra: [] };

/** Reads a query's rows with hooks and relations: what every terminal that gives rows goes through. */
export function fetchRows(reader: Reader, state: QueryState): Awaitable<readonly object[]> {
  return after(fetchVariant(reader, state, plain), afterHook(reader, state));
}

/** Runs `afterFetch`: what it returns replaces the rows. */
function afterHook(reader: Reader, state: QueryState): (fetched: Fetched) => Awaitable<readonly object[]> {
  return (fetched) => runAfterFetch(reader, state, fetched.rows);
}

/** Calls the `afterFetch` hook of a query's model, if it has one. */
export function runAfterFetch(_: Reader, state: QueryState, rows: readonly object[]): Awaitable<readonly object[]> {
  const hook = state.entry.info.hooks.afterFetch;
  if (hook === undefined || state.skippedHooks.includes("afterFetch")) return rows;
  const returned: unknown = Reflect.apply(hook, undefined, [rows]);
  return after(returned, (value) => (Array.isArray(value) ? Array.from<object>(value) : rows));
}

/** Reads rows up to, but without, `afterFetch`. */
export function fetchVariant(reader: Reader, state: QueryState, variant: Variant): Awaitable<Fetched> {
  if (!hasFetchHook(state) && state.hookPoints.length === 0) {
    return execute(reader, state, variant, noContext);
  }
  return after(runFetchHooks(state, reader.draft), (hooked) =>
    execute(reader, hooked.state, variant, hooked.context),
  );
}

const noContext = { hooked: () => undefined, scope: [] };

function execute(
  reader: Reader,
  state: QueryState,
  variant: Variant,
  context: Parameters<typeof planRows>[2],
): Awaitable<Fetched> {
  const { core } = reader.session;
  const plan = core.plans.get(state.key + variant.mark, () =>
    planRows(core.adapter, state, context, variant.extra, variant.wrap),
  );
  return after(reader.session.execute(plan, state.values), ({ rows: raw }) => {
    const fetched = { rows: hydrate(plan.shape, raw), raw, plan };
    if (state.loads.length === 0) return fetched;
    return after(loadRelations(reader, state, fetched), () => fetched);
  });
}
