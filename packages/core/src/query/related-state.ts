import type { RelationInfo } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { isLed, keyValue } from "../runtime/parent-row.ts";
import { equality } from "./condition.ts";
import { Appender, joinExpressions, keyText, type Computed, type OrderState, type QueryState } from "./query-state.ts";
import { constantConditions, parentKeys, relationState } from "./relation-query.ts";
import { columnNode, placeOfColumn, type Resolved } from "./resolve-column.ts";
import { columnUnder } from "./shape-builder.ts";

/** The query of one row's related rows; `source` is the bare query of the row's model. */
export function relatedState(source: QueryState, relation: RelationInfo, row: object): QueryState {
  const base = relationState(source, relation, false);
  const to = new Appender(base);
  to.key += `\nR${keyText(source.entry.key)}${keyText(relation.name)}${keyText(relation.branch ?? "")}`;
  const parent = parentKeys(relation, base);
  const values = relation.from.map((column) => keyValue(relation, row, column, "db.related"));
  const leads = isLed(relation, row) && values.every((value) => value !== null);
  const equal = leads
    ? parent.columns.map((column, at) => {
        const node = columnNode(parent.model, column, parent.alias);
        const resolved = { node, key: `k${at}` };
        return relation.listed ? oneOf(to, resolved, relation, values[at]) : equality(to, resolved, "=", values[at]);
      })
    : nothing(to);
  const slots = relation.constants.map(({ value }) => to.slot(value));
  const constant = constantConditions(relation, base, slots, undefined);
  return {
    ...base,
    key: to.key,
    values: to.values,
    tie: () => joinExpressions("and", [...equal, ...constant]),
    computed: pivotColumns(relation, parent.alias),
    orderBy: firstOrder(relation, base.alias),
  };
}

/** Any of the keys that the row's list holds. */
function oneOf(
  to: Appender,
  { node, key }: Resolved,
  { target, to: [column] }: RelationInfo,
  keys: unknown,
): Expression {
  to.key += `${key}i`;
  const slot = to.slot(Array.isArray(keys) ? keys.filter((one) => one !== null) : []);
  const place = placeOfColumn(target, column!);
  return { kind: "in", operand: node, list: { kind: "list", slot, place }, negated: false };
}

/** A row without a key, or one that leads elsewhere, has no related rows. */
function nothing(to: Appender): readonly Expression[] {
  to.key += "F";
  return [{ kind: "literal", value: false }];
}

/** The columns of the pivot that rows show, each as `pivot.name` beside the row's own until they are put under `pivot`. */
function pivotColumns({ through }: RelationInfo, alias: string): readonly Computed[] {
  if (through === undefined) return [];
  return through.shown.map((column) => ({
    ...columnUnder(`pivot.${column.property}`, columnNode(through.model, column, alias)),
    pivot: column.property,
  }));
}

/** A relation to one row of several takes the one that loading it takes. */
function firstOrder({ cardinality, orderBy, target }: RelationInfo, alias: string): readonly OrderState[] {
  if (cardinality === "many" || orderBy.length === 0) return [];
  const all = [...orderBy, ...target.primaryKey.map((column) => ({ column, direction: "asc" }) as const)];
  return all.map(({ column, direction }) => ({
    expression: columnNode(target, column, alias),
    direction,
    nulls: undefined,
    column,
  }));
}

/** Where rows are grouped, united or made distinct they are no longer those of a pivot row each. */
export function withoutLostPivot(state: QueryState): QueryState {
  if (!state.computed.some(({ pivot }) => pivot !== undefined)) return state;
  const { groupBy, distinct, distinctOn, sets, picked, computed } = state;
  const countsRows =
    picked?.length === 0 && computed.some(({ type }) => type.kind === "aggregate" || type.kind === "raw");
  if (groupBy.length === 0 && !distinct && distinctOn.length === 0 && sets.length === 0 && !countsRows) return state;
  return { ...state, key: `${state.key}\np`, computed: computed.filter(({ pivot }) => pivot === undefined) };
}
