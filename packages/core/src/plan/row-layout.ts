import type { Adapter, ResultType } from "../adapter/adapter.ts";
import type { RowListNode } from "../operation/expression.ts";
import { renameTables } from "../operation/rename-tables.ts";
import { shiftSlots } from "../operation/rewrite.ts";
import type { SelectStatement } from "../operation/statement.ts";
import {
  embeddedContext,
  type EmbeddedLoad,
  type LoadState,
  type PlanContext,
  type QueryState,
} from "../query/query-state.ts";
import { parentColumns } from "../model/parent-columns.ts";
import { parentKeys, tieToParent } from "../query/relation-query.ts";
import { buildSelect } from "./build-select.ts";
import { checkCapabilities } from "./check-capabilities.ts";
import { ColumnList, type ExtraColumn } from "./column-list.ts";
import { pickOrder, takesOneOfMany } from "./relation-order.ts";
import { rowShape, type RowShape } from "./row-shape.ts";

/**
 * Where a relation of the rows comes from: a statement of its own, for the keys at these positions and the constants behind them, or a
 * column with its rows; then only the constants have positions.
 */
export type LoadLayout =
  | { readonly kind: "keys"; readonly positions: readonly number[] }
  | {
      readonly kind: "rows";
      readonly positions: readonly number[];
      readonly at: number;
      /** `undefined` inside the rows of a relation, which are decoded as a whole. */
      readonly decode: ((raw: unknown) => unknown) | undefined;
      readonly layout: RowLayout;
    };

/** How positional rows become objects: how to build them, where their relations come from, where the caller's columns stand. */
export interface RowLayout {
  readonly shape: RowShape;
  /** One entry for each load of the query. */
  readonly loads: readonly LoadLayout[];
  /** Positions of further columns that the caller asked for, undecoded. */
  readonly extra: readonly number[];
}

interface LaidOut {
  readonly statement: SelectStatement;
  readonly results: readonly ResultType[];
  readonly layout: RowLayout;
}

/** Settles the columns of a query: its own, keys and further ones behind them, the rows of its relations last. */
export function layOutRows(
  adapter: Adapter,
  state: QueryState,
  context: PlanContext,
  extra: readonly ExtraColumn[],
  depth = 1,
): LaidOut {
  checkCapabilities(adapter, state);
  const { statement, fields } = buildSelect(state, context);
  const columns = new ColumnList(adapter, state, statement.selections, fields);
  const keys = state.loads.map(({ relation, embedded }) =>
    parentColumns(relation)
      .slice(embedded === undefined ? 0 : relation.from.length)
      .map((column) => columns.own(relation, column)),
  );
  const extraAt = extra.map((one) => columns.position(one));
  const loads = state.loads.map((load, at): LoadLayout => {
    const { embedded } = load;
    const positions = keys[at] ?? [];
    if (embedded === undefined) return { kind: "keys", positions };
    const { list, layout } = relatedRows(adapter, state.alias, load, embedded, { context, depth });
    return {
      kind: "rows",
      positions,
      at: columns.addRows(list),
      decode: depth === 1 ? adapter.decoderFor(list.type) : undefined,
      layout,
    };
  });
  const relations = [...new Set(state.loads.map((load) => load.relation.name))];
  const shape = rowShape(adapter, state.entry.model, fields, relations);
  return {
    statement: columns.added(statement),
    results: columns.results,
    layout: { shape, loads, extra: extraAt },
  };
}

/** The rows of a relation as a column of their parent, which the statement knows as `parent`. */
function relatedRows(
  adapter: Adapter,
  parent: string,
  { relation, query }: LoadState,
  embedded: EmbeddedLoad,
  around: { readonly context: PlanContext; readonly depth: number },
): { readonly list: RowListNode; readonly layout: RowLayout } {
  const onlyFirst = takesOneOfMany(relation);
  const picks = onlyFirst || query.limit !== undefined || query.offset !== undefined;
  const names = distinctNames(query, parent, around.depth);
  const state: QueryState = {
    ...query,
    orderBy: picks ? pickOrder(relation, query) : query.orderBy,
    tie: () => tieToParent(relation, query, embedded.constants, names.size === 0 ? parent : PARENT),
  };
  const keys = parentKeys(relation, query);
  const shown = (relation.through?.shown ?? []).map((column) => ({ ...keys, column }));
  const context = embeddedContext({ ...around.context, scope: [] }, embedded);
  const { statement, results, layout } = layOutRows(adapter, state, context, shown, around.depth + 1);
  const cut: SelectStatement = onlyFirst ? { ...statement, limit: { kind: "literal", value: 1 } } : statement;
  const moved = shiftSlots(cut, embedded.offset);
  const ordered = relation.cardinality === "many" && moved.orderBy.length > 0;
  const type = { kind: "rows", results, ordered, inside: around.depth > 1, model: query.entry.info.table } as const;
  return { list: { kind: "rowList", query: renameTables(moved, names), type }, layout };
}

/** Stands for the parent while the tables of a relation to the same model have its name. */
const PARENT = "\0parent";

/** New names for the tables of a relation's query that hide their parent: those of a model related to itself. */
function distinctNames(query: QueryState, parent: string, depth: number): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [at, alias] of [query.alias, ...query.joins.map((join) => join.alias)].entries()) {
    if (alias === parent) names.set(alias, `related_${depth}_${at}`);
  }
  if (names.size > 0) names.set(PARENT, parent);
  return names;
}
