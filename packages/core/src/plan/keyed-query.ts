import type { Expression } from "../operation/expression.ts";
import { joinExpressions, keyText, type LoadState, type QueryState } from "../query/query-state.ts";
import { constantConditions, parentKeys } from "../query/relation-query.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import type { ExtraColumn } from "./column-list.ts";
import type { Variant } from "./plan-rows.ts";
import { rankPerParent } from "./rank-per-parent.ts";
import { pickOrder, takesOneOfMany } from "./relation-order.ts";

/** The relation's query tied to the parents' keys, which travel as the driver gave them. */
export function keyedQuery(
  { relation, query }: LoadState,
  keys: readonly (readonly unknown[])[],
): { readonly state: QueryState; readonly variant: Variant } {
  const parent = parentKeys(relation, query);
  const lists = parent.columns.map((_, at) => [...new Set(keys.map((key) => key[at]))]);
  const first = query.values.length;
  const constantsFrom = first + lists.length;
  const constants = relation.constants.map((_, at) => constantsFrom + at);
  const tie = () =>
    joinExpressions("and", [
      ...parent.columns.map((column, at): Expression => {
        const operand = columnNode(parent.model, column, parent.alias);
        const place = placeOfColumn(parent.model, column);
        return { kind: "in", operand, list: { kind: "list", slot: first + at, place, encoded: true }, negated: false };
      }),
      ...constantConditions(relation, query, constants, undefined),
    ]);
  const source = query.registry.byInfo.get(relation.source)?.key ?? "";
  const mark = `\nK${keyText(source)}${keyText(relation.name)}${keyText(relation.branch ?? "")}`;
  const extra: ExtraColumn[] = parent.columns.map((column) => ({ ...parent, column }));
  for (const column of relation.through?.shown ?? []) extra.push({ ...parent, column });
  const onlyFirst = takesOneOfMany(relation);
  const picks = query.limit !== undefined || query.offset !== undefined || onlyFirst;
  // A row that several lists name is read once: whoever has the lists counts.
  const ranked = picks && !relation.listed;
  const state: QueryState = {
    ...query,
    ...(relation.listed ? { limit: undefined, offset: undefined } : {}),
    // One row of each parent is distinct by itself, and its order may be by what it does not show.
    distinct: query.distinct && relation.cardinality === "many",
    orderBy: picks ? pickOrder(relation, query) : query.orderBy,
    values: [...query.values, ...lists, ...relation.constants.map(({ value }) => value)],
    tie,
  };
  const keyNodes = parent.columns.map((column) => columnNode(parent.model, column, parent.alias));
  const wrap = ranked ? rankPerParent(state, keyNodes, onlyFirst) : undefined;
  return { state, variant: wrap === undefined ? { mark, extra } : { mark, extra, wrap } };
}
