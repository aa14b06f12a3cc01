import type { Adapter, Awaitable, ResultType } from "../adapter/adapter.ts";
import type { AggregateName, Expression } from "../operation/expression.ts";
import type { SelectStatement } from "../operation/statement.ts";
import { buildSelect } from "../plan/build-select.ts";
import { checkCapabilities } from "../plan/check-capabilities.ts";
import { plannedQuery, type Plan } from "../plan/plan-rows.ts";
import { derived, selectFrom } from "../plan/select-from.ts";
import { aggregateSerialize, aggregateType } from "../query/aggregate-type.ts";
import { runFetchHooks } from "../query/fetch-hooks.ts";
import type { PlanContext, QueryState } from "../query/query-state.ts";
import { resolveColumn } from "../query/resolve-column.ts";
import { after } from "./awaitable.ts";
import type { Reader } from "./reader.ts";

interface ValuePlan extends Plan {
  readonly decode: ((raw: unknown) => unknown) | undefined;
}

/** One aggregate over a query's rows: the rows it would give, with its distinct, groups and limit. */
export function fetchAggregate(
  reader: Reader,
  state: QueryState,
  name: AggregateName,
  given: unknown,
): Awaitable<unknown> {
  const column = given === undefined ? undefined : resolveColumn(state, given);
  const node = column?.node;
  const model = node?.kind === "column" ? node.model : state.entry.info;
  const type: ResultType =
    node?.kind === "name"
      ? { kind: "raw" }
      : aggregateType(name, model, node?.kind === "column" ? node.column : undefined);
  const found = fetchValue(reader, state, `\n${name}${column?.key ?? ""}`, type, (context) => {
    const aggregate = (operand: Expression | undefined): Expression => ({
      kind: "aggregate",
      name,
      operand,
      distinct: false,
    });
    const { statement } = buildSelect(
      { ...state, loads: [], ...(isCut(state) ? { picked: groupedPicks(state) } : { computed: [], picked: [] }) },
      context,
    );
    if (!isCut(state)) {
      return { ...statement, selections: [{ name: "value", expression: aggregate(node) }], orderBy: [] };
    }
    const selections = node === undefined ? numbered(statement) : [{ name: "value", expression: node }];
    const inner = { ...statement, selections };
    const held = node?.kind === "column" ? node.column.definition.type : undefined;
    const operand: Expression | undefined = node && { kind: "name", table: "counted", name: "value", type: held };
    return selectFrom(derived(inner, "counted"), { selections: [{ name: "value", expression: aggregate(operand) }] });
  });
  const serialize = node?.kind === "column" ? aggregateSerialize(name, node.column) : undefined;
  return serialize === undefined ? found : after(found, serialize);
}

/** Groups are counted whatever they hold; most engines refuse columns that are not the same in a whole group. */
function groupedPicks({ groupBy, distinct, picked }: QueryState): QueryState["picked"] {
  return groupBy.length > 0 && !distinct ? (picked ?? []) : picked;
}

/** Whether a query gives any row. */
export function fetchExists(reader: Reader, state: QueryState): Awaitable<boolean> {
  const flag: ResultType = { kind: "flag" };
  const found = fetchValue(reader, state, "\nexists", flag, (context) => {
    const { statement } = buildSelect({ ...state, loads: [], picked: groupedPicks(state) }, context);
    const selections = isCut(state) ? statement.selections : [{ name: "value", expression: one }];
    const inner: SelectStatement = { ...statement, selections, orderBy: isCut(state) ? statement.orderBy : [] };
    const exists: Expression = { kind: "exists", query: existing(inner), negated: false };
    return selectFrom({ kind: "none" }, { selections: [{ name: "value", expression: exists }] });
  });
  return after(found, (value) => value === true);
}

/** Engines leave out `distinct` inside `exists`, where it can only tell with an offset: those rows are a source of their own. */
function existing(inner: SelectStatement): SelectStatement {
  if (!inner.distinct || inner.offset === undefined) return inner;
  return selectFrom(derived({ ...inner, selections: numbered(inner) }, "counted"), {
    selections: [{ name: "value", expression: one }],
  });
}

const one: Expression = { kind: "literal", value: 1 };

/** Whether aggregating needs the query's own rows first. */
function isCut(state: QueryState): boolean {
  return (
    state.distinct ||
    state.distinctOn.length > 0 ||
    state.groupBy.length > 0 ||
    state.having.length > 0 ||
    state.sets.length > 0 ||
    state.limit !== undefined ||
    state.offset !== undefined
  );
}

/** Result names of a subquery must differ; they are ours. */
function numbered(statement: SelectStatement): SelectStatement["selections"] {
  return statement.selections.map((selection, at) => ({ ...selection, name: `c${at}` }));
}

function fetchValue(
  reader: Reader,
  state: QueryState,
  mark: string,
  type: ResultType,
  build: (context: PlanContext) => SelectStatement,
): Awaitable<unknown> {
  return after(runFetchHooks(state, reader.draft), (hooked) => {
    const { core } = reader.session;
    const plan = core.plans.get(hooked.state.key + mark, () =>
      planValue(core.adapter, state, type, build(hooked.context)),
    );
    return after(reader.session.execute(plan, hooked.state.values), ({ rows }) => {
      const raw = rows[0]?.[0] ?? null;
      return raw === null || plan.decode === undefined ? raw : plan.decode(raw);
    });
  });
}

function planValue(adapter: Adapter, state: QueryState, type: ResultType, statement: SelectStatement): ValuePlan {
  checkCapabilities(adapter, state);
  const query = plannedQuery(statement, [type], state.entry.info);
  return { query, compiled: adapter.compile(query), decode: adapter.decoderFor(type) };
}
