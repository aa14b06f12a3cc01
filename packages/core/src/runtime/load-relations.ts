import type { Awaitable } from "../adapter/adapter.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { rankPerParent } from "../plan/rank-per-parent.ts";
import type { ExtraColumn } from "../plan/plan-rows.ts";
import { joinExpressions, keyText, type LoadState, type OrderState, type QueryState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { after, inOrder } from "./awaitable.ts";
import { fetchVariant, runAfterFetch, type Fetched, type Reader, type Variant } from "./fetch-rows.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/** Loads every relation of a query for its rows: one statement for each relation, whatever the number of rows. */
export function loadRelations(reader: Reader, state: QueryState, parents: Fetched): Awaitable<void> {
  if (parents.rows.length === 0) return;
  return inOrder(state.loads, (load, at) => loadOne(reader, load, parents, parents.plan.loadKeys[at] ?? []));
}

function loadOne(reader: Reader, load: LoadState, parents: Fetched, positions: readonly number[]): Awaitable<void> {
  const parentKeyValues = parents.raw.map((row) => keyOf(row, positions));
  const present = new Map<KeyValue, readonly unknown[]>();
  for (const [at, key] of parentKeyValues.entries()) {
    if (key !== undefined) present.set(key, positions.map((position) => parents.raw[at]?.[position]));
  }
  const assign = (children: ReadonlyMap<KeyValue, readonly object[]>) => {
    for (const [at, row] of parents.rows.entries()) {
      const key = parentKeyValues[at];
      const found = key === undefined ? undefined : children.get(key);
      Reflect.set(row, load.relation.name, load.relation.cardinality === "many" ? [...(found ?? [])] : (found?.[0] ?? null));
    }
  };
  if (present.size === 0) return assign(new Map());
  const keyed = keyedQuery(load, [...present.values()]);
  return after(fetchVariant(reader, keyed.state, keyed.variant), (children) => {
    addPivot(load.relation, children);
    const keys = children.raw.map((row) => keyOf(row, children.plan.extra.slice(0, positions.length)));
    const before = [...children.rows];
    return after(runAfterFetch(reader, keyed.state, children.rows), (rows) => assign(groupByKey(rows, before, keys)));
  });
}

/** The relation's query tied to the parents' keys, which travel as the driver gave them. */
function keyedQuery({ relation, query }: LoadState, keys: readonly (readonly unknown[])[]): { state: QueryState; variant: Variant } {
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
  const mark = `\nK${keyText(relation.source.table)}${keyText(relation.name)}`;
  const extra: ExtraColumn[] = parent.columns.map((column) => ({ ...parent, column }));
  for (const column of relation.pivot?.shown ?? []) extra.push({ ...parent, column });
  const ranked = query.limit !== undefined || query.offset !== undefined || takesOneOfMany(relation);
  const state: QueryState = {
    ...query,
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
  const own = query.orderBy.length > 0 ? query.orderBy : relation.orderBy.map((one) => order(one.column, one.direction));
  return [...own, ...relation.target.primaryKey.map((column) => order(column, "asc"))];
}

/** Puts the shown columns of the pivot under `pivot`. */
function addPivot(relation: RelationInfo, children: Fetched): void {
  const { pivot } = relation;
  if (pivot === undefined || pivot.shown.length === 0) return;
  const positions = children.plan.extra.slice(pivot.left.length);
  for (const [at, row] of children.rows.entries()) {
    const raw = children.raw[at];
    const shown = pivot.shown.map((column, index) => [column.property, raw?.[positions[index] ?? -1]] as const);
    Reflect.set(row, "pivot", Object.fromEntries(shown));
  }
}

/** Children by their parent's key. Rows that `afterFetch` made anew keep the place of the row they stand for. */
function groupByKey(
  rows: readonly object[],
  before: readonly object[],
  keys: readonly (KeyValue | undefined)[],
): ReadonlyMap<KeyValue, readonly object[]> {
  const keyByRow = new Map(before.map((row, at) => [row, keys[at]]));
  const groups = new Map<KeyValue, object[]>();
  for (const [at, row] of rows.entries()) {
    const key = keyByRow.has(row) ? keyByRow.get(row) : keys[at];
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
