import type { ColumnInfo } from "../model/model-info.ts";
import { refuseUndefined, equality } from "../query/condition.ts";
import { Appender, withCondition, type QueryState } from "../query/query-state.ts";
import { joinExpressions } from "../query/query-state.ts";
import { columnNode } from "../query/resolve-column.ts";

/** A query for the rows whose columns equal these values; null is IS NULL. */
export function whereEqual(state: QueryState, values: Iterable<[ColumnInfo, unknown]>): QueryState {
  const to = new Appender(state);
  to.key += "&={";
  const operands = [...values].map(([column, value]) => {
    refuseUndefined(state, column.property, value);
    const resolved = { node: columnNode(state.entry.info, column, state.alias), key: `c${column.index}` };
    return equality(to, resolved, "=", value);
  });
  return { ...withCondition(state, joinExpressions("and", operands)), key: `${to.key}}`, values: to.values };
}
