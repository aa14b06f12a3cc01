import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { parentColumns } from "../model/parent-columns.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { QueryState } from "./query-state.ts";

/** Of equal rows that become one, nobody can tell whose hidden value they are ordered by. */
export function refuseHiddenOrder(state: QueryState): void {
  if (!state.distinct) return;
  const { info } = state.entry;
  const hidden = state.orderBy.map(({ expression }) => orderedColumn(expression)).find((one) => !isShown(state, one));
  if (hidden === undefined) return;
  throw new InvalidQueryError(
    `The distinct rows of model "${info.table}" are ordered by "${hidden.column.property}", which they do not show. ` +
      "Select it too, or order by a column that is selected.",
    { model: info.table, column: hidden.column.property },
  );
}

/**
 * Rows of a relation are numbered before equal ones become one, so that a limit for each parent would count both. Rows that lists name are
 * told apart by their keys.
 */
export function refuseLimitedDistinct({ name, source, listed }: RelationInfo, query: QueryState): void {
  if (query.distinct && listed) {
    throw new InvalidQueryError(
      `The relation "${name}" of model "${source.table}" cannot be distinct: each of its rows is read once, by its key. Leave distinct out.`,
      { model: source.table },
    );
  }
  if (!query.distinct || (query.limit === undefined && query.offset === undefined)) return;
  throw new InvalidQueryError(
    `The relation "${name}" cannot be distinct and have a limit or an offset for each parent at once. Leave one of them out.`,
    { model: source.table },
  );
}

/** A key that is read beside the result would tell distinct rows apart. */
export function refuseHiddenKeys(relation: RelationInfo, state: QueryState): void {
  const { name, source } = relation;
  const hidden = parentColumns(relation).find((column) => state.picked?.includes(column) === false);
  if (!state.distinct || hidden === undefined) return;
  throw new InvalidQueryError(
    `The relation "${name}" needs the column "${hidden.property}", which would tell distinct rows apart: select it too.`,
    { model: source.table, column: hidden.property },
  );
}

interface Ordered {
  readonly table: string;
  readonly column: ColumnInfo;
}

function orderedColumn(expression: QueryState["orderBy"][number]["expression"]): Ordered | undefined {
  return expression.kind === "column" ? expression : undefined;
}

function isShown({ alias, picked, computed }: QueryState, ordered: Ordered | undefined): boolean {
  if (ordered === undefined) return true;
  const { table, column } = ordered;
  const own = table === alias && picked?.includes(column) !== false;
  return own || computed.some(({ expression }) => isColumn(expression, ordered));
}

function isColumn(expression: QueryState["orderBy"][number]["expression"], { table, column }: Ordered): boolean {
  return expression.kind === "column" && expression.table === table && expression.column === column;
}
