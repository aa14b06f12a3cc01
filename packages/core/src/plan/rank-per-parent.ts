import type { Expression } from "../operation/expression.ts";
import type { SelectStatement, Selection } from "../operation/statement.ts";
import type { QueryState } from "../query/query-state.ts";
import { slotNode } from "./build-select.ts";
import type { Wrap } from "./plan-rows.ts";
import { derived, selectFrom } from "./select-from.ts";

const RANKED = "ranked";
const RANK = "rank_in_parent";

/**
 * Makes a limit and an offset count for each parent: rows are numbered within their parent's keys and cut by number.
 *
 * `select … from (select …, row_number() over (partition by user_id order by …) …) where rank > ? and rank <= ?`
 */
export function rankPerParent(state: QueryState, keys: readonly Expression[], onlyFirst: boolean): Wrap {
  return (statement) => {
    const rank: Selection = {
      name: RANK,
      expression: { kind: "rowNumber", partitionBy: keys, orderBy: statement.orderBy },
    };
    const names = statement.selections.map((_, at) => `c${at}`);
    const inner: SelectStatement = {
      ...statement,
      selections: [...statement.selections.map((one, at) => ({ ...one, name: names[at]! })), rank],
      orderBy: [],
      limit: undefined,
      offset: undefined,
    };
    const number: Expression = { kind: "name", table: RANKED, name: RANK };
    return selectFrom(derived(inner, RANKED), {
      selections: statement.selections.map((one, at) => ({
        name: one.name,
        expression: { kind: "name", table: RANKED, name: names[at]! },
      })),
      where: cut(state, number, onlyFirst),
      orderBy: [{ expression: number, direction: "asc", nulls: undefined }],
    });
  };
}

function cut(state: QueryState, number: Expression, onlyFirst: boolean): Expression {
  const offset = slotNode(state.offset);
  const limit: Expression | undefined = onlyFirst ? { kind: "literal", value: 1 } : slotNode(state.limit);
  const operands: Expression[] = [];
  if (offset !== undefined) operands.push({ kind: "comparison", left: number, operator: ">", right: offset });
  if (limit !== undefined) {
    const last: Expression =
      offset === undefined ? limit : { kind: "arithmetic", left: limit, operator: "+", right: offset };
    operands.push({ kind: "comparison", left: number, operator: "<=", right: last });
  }
  return { kind: "and", operands };
}
