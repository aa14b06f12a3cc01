import type { Adapter, PlannedQuery, ResultType } from "../adapter/adapter.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { SelectStatement } from "../operation/statement.ts";
import type { PlanContext, QueryState } from "../query/query-state.ts";
import { givesAtMostOneRow } from "./at-most-one-row.ts";
import type { ExtraColumn } from "./column-list.ts";
import { layOutRows, type RowLayout } from "./row-layout.ts";

/** What every plan has: a query compiled once, executed many times. */
export interface Plan {
  readonly query: PlannedQuery;
  readonly compiled: unknown;
}

/** A plan that reads rows, and what is done with them. */
export interface RowsPlan extends Plan, RowLayout {}

/** Changes the statement after its columns are settled: ranks rows per parent, for one. */
export type Wrap = (statement: SelectStatement) => SelectStatement;

/** A read that also wants columns to match rows by; `mark` keeps its plan apart from the plain one's. */
export interface Variant {
  readonly mark: string;
  readonly extra: readonly ExtraColumn[];
  readonly wrap?: Wrap;
}

/** Plans a query that reads rows. */
export function planRows(
  adapter: Adapter,
  state: QueryState,
  context: PlanContext,
  extra: readonly ExtraColumn[] = [],
  wrap: Wrap = (statement) => statement,
): RowsPlan {
  const { statement, results, layout } = layOutRows(adapter, state, context, extra);
  const query = plannedQuery(wrap(statement), results, state.entry.info);
  return { ...layout, query, compiled: adapter.compile(query) };
}

export function plannedQuery(
  statement: PlannedQuery["statement"],
  results: readonly ResultType[],
  model: ModelInfo | undefined,
): PlannedQuery {
  const reads = statement.kind === "select" || statement.kind === "explain";
  const access = reads ? "read" : "write";
  return Object.freeze({ statement, results, model, access, single: givesAtMostOneRow(statement) });
}
