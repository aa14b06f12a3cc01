import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { joinExpressions, keyText, type LoadState, type OrderState, type QueryState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import type { ExtraColumn, Variant } from "./plan-rows.ts";
import { rankPerParent } from "./rank-per-parent.ts";

/** The relation's query tied to the parents' keys, which travel as the driver gave them. */
export function keyedQuery(
  { relation, query }: LoadState,
  keys: readonly (readonly unknown[])[],
): { readonly state: QueryState; readonly variant: Variant } {
  const parent = parentKeys(relation, query);
  const first = query.values.length;
  const lists = parent.columns.map((_, at) => [...new Set(keys.map((key) => key[at]))]);
  const tie = () =>
    joinExpressions(
      "and",
      parent.columns.map((column, at): Expression => {
        const operand = columnNode(parent.model, column, parent.alias);
        const place = placeOfColumn(parent.model, column);
        return { kind: "in", operand, list: { kind: "list", slot: first + at, place, encoded: true }, negated: false };
      }),
    );
  const source = query.registry.byInfo.get(relation.source)?.key ?? "";
  const mark = `\nK${keyText(source)}${keyText(relation.name)}`;
  const extra: ExtraColumn[] = parent.columns.map((column) => ({ ...parent, column }));
  for (const column of relation.pivot?.shown ?? []) extra.push({ ...parent, column });
  const ranked = query.limit !== undefined || query.offset !== undefined || takesOneOfMany(relation);
  const state: QueryState = {
    ...query,
    // One row of each parent is distinct by itself, and its order may be by what it does not show.
    distinct: query.distinct && relation.kind !== "hasOne",
    orderBy: ranked || relation.kind === "hasOne" ? orderOf(relation, query) : query.orderBy,
    values: [...query.values, ...lists],
    tie,
  };
  const keyNodes = parent.columns.map((column) => columnNode(parent.model, column, parent.alias));
  const wrap = ranked ? rankPerParent(state, keyNodes, takesOneOfMany(relation)) : undefined;
  return { state, variant: wrap === undefined ? { mark, extra } : { mark, extra, wrap } };
}

/** A to-one relation whose key is not known to be unique: the database picks one row for each parent. */
function takesOneOfMany(relation: RelationInfo): boolean {
  if (relation.kind !== "hasOne") return false;
  const same = (columns: readonly string[]) =>
    columns.length === relation.to.length && relation.to.every((column) => columns.includes(column.property));
  const [only] = relation.to;
  const { primaryKey, uniques } = relation.target;
  if (relation.to.length === 1 && only?.definition.unique === true) return false;
  return !same(primaryKey.map((column) => column.property)) && !uniques.some((unique) => same(unique.columns));
}

/** The order rows are picked in: the query's, the relation's, and last the primary key. */
function orderOf(relation: RelationInfo, query: QueryState): readonly OrderState[] {
  const order = (column: ColumnInfo, direction: "asc" | "desc"): OrderState => ({
    expression: columnNode(relation.target, column, query.alias),
    direction,
    nulls: undefined,
    column,
  });
  const own =
    query.orderBy.length > 0 ? query.orderBy : relation.orderBy.map((one) => order(one.column, one.direction));
  return [...own, ...relation.target.primaryKey.map((column) => order(column, "asc"))];
}
