import { InvalidQueryError } from "../errors/errors.ts";
import type { Expression } from "../operation/expression.ts";
import type { ExtraColumn } from "../plan/column-list.ts";
import { joinExpressions, withCondition, type OrderState, type QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import type { CursorPage } from "../types/query.ts";
import { decodeCursor, encodeCursor } from "./cursor-token.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { fetchVariant } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";
import { pageNumber, pageRequest } from "./paginate.ts";

/** A column rows are ordered by, with nulls settled. */
interface OrderColumn {
  readonly column: NonNullable<OrderState["column"]>;
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last";
}

/** A page after or before a place. Ties are broken by the primary key, nulls have their place, nothing is counted. */
export function cursorPaginate(reader: Reader, state: QueryState, request: unknown): Promise<CursorPage<object>> {
  return cursorPage(reader, state, request, 0);
}

/** As `cursorPaginate`, behind so many rows. A limit and an offset of the query itself are left out. */
export async function cursorPage(
  reader: Reader,
  state: QueryState,
  given: unknown,
  skip: number,
): Promise<CursorPage<object>> {
  const request = pageRequest(state, given);
  const perPage = pageNumber(state, request, "perPage", 15);
  const after: unknown = Reflect.get(request, "after") ?? undefined;
  const before: unknown = Reflect.get(request, "before") ?? undefined;
  if (after !== undefined && before !== undefined) {
    throw new InvalidQueryError("A page is after a cursor or before one, not both.", { model: state.entry.info.table });
  }
  const order = totalOrder(state);
  const backward = before !== undefined;
  const shape = `${state.key}${order.map((one) => `${one.column.index}${one.direction}${one.nulls}`).join()}`;
  const token = after ?? before;
  const texts = reader.session.core.adapter.rawTexts;
  const place = token === undefined ? undefined : decodeCursor(state, shape, token, texts).values;
  const page = pageState(state, order, place, backward, [perPage + 1, skip]);
  const extra: ExtraColumn[] = order.map(({ column }) => ({ model: state.entry.info, alias: state.alias, column }));
  const fetched = await fetchVariant(reader, page, { mark: `\nP${backward ? "b" : "a"}`, extra });
  const more = fetched.rows.length > perPage;
  const kept = fetched.raw.slice(0, perPage).map((row) => fetched.plan.extra.map((at) => row[at]));
  const rows = fetched.rows.slice(0, perPage);
  if (backward) {
    kept.reverse();
    rows.reverse();
  }
  const data = [...(await runAfterFetch(state, rows))];
  const cursor = (values: readonly unknown[] | undefined) =>
    values === undefined ? null : encodeCursor(shape, values, texts);
  const hasNext = backward || more;
  const hasPrevious = backward ? more : token !== undefined;
  return {
    data,
    meta: {
      nextCursor: hasNext ? cursor(kept.at(-1)) : null,
      previousCursor: hasPrevious ? cursor(kept[0]) : null,
      hasMorePages: backward ? kept.length > 0 : more,
    },
  };
}

/** The query's order with the primary key behind it, so that no two rows are equal. */
export function totalOrder(state: QueryState): readonly OrderColumn[] {
  const order = state.orderBy.map(({ column, direction, nulls }): OrderColumn => {
    if (column !== undefined) return { column, direction, nulls: nulls ?? (direction === "asc" ? "first" : "last") };
    throw new InvalidQueryError(
      `A page by cursor of model "${state.entry.info.table}" needs an order by the model's own columns.`,
      { model: state.entry.info.table },
    );
  });
  const { primaryKey } = state.entry.info;
  if (primaryKey.length === 0 || state.groupBy.length > 0 || state.distinct || state.sets.length > 0) {
    throw new InvalidQueryError(
      `Pages by cursor need rows with a primary key, without distinct, groups or set operations.`,
      { model: state.entry.info.table },
    );
  }
  const rest = primaryKey.filter((column) => !order.some((one) => one.column === column));
  const last = order.at(-1)?.direction ?? "asc";
  return [
    ...order,
    ...rest.map((column): OrderColumn => ({ column, direction: last, nulls: last === "asc" ? "first" : "last" })),
  ];
}

function pageState(
  state: QueryState,
  order: readonly OrderColumn[],
  place: readonly unknown[] | undefined,
  backward: boolean,
  [limit, skip]: readonly [number, number],
): QueryState {
  const orders = backward ? order.map(reversed) : order;
  const values = skip === 0 ? [...state.values, limit] : [...state.values, limit, skip];
  const ordered: QueryState = {
    ...state,
    key: `${state.key}l${skip === 0 ? "" : "O"}`,
    limit: state.values.length,
    offset: skip === 0 ? undefined : state.values.length + 1,
    orderBy: orders.map((one) => ({ ...one, expression: columnNode(state.entry.info, one.column, state.alias) })),
    values,
  };
  if (place === undefined) return ordered;
  const condition = placeCondition(state, orders, place, values);
  const marks = place.map((value) => (value === null ? "n" : "v")).join("");
  return { ...withCondition(ordered, condition), key: `${ordered.key}P${marks}`, values };
}

function reversed(order: OrderColumn): OrderColumn {
  return {
    column: order.column,
    direction: order.direction === "asc" ? "desc" : "asc",
    nulls: order.nulls === "first" ? "last" : "first",
  };
}

/** Rows behind a place: greater in the first column, or equal there and behind in the rest. */
function placeCondition(
  state: QueryState,
  order: readonly OrderColumn[],
  place: readonly unknown[],
  values: unknown[],
): Expression {
  const alternatives: Expression[] = [];
  const equal: Expression[] = [];
  for (const [at, one] of order.entries()) {
    const { column } = one;
    const operand = columnNode(state.entry.info, column, state.alias);
    const value = place[at] ?? null;
    const right: Expression = {
      kind: "parameter",
      slot: value === null ? -1 : values.push(value) - 1,
      place: placeOfColumn(state.entry.info, column),
      encoded: true,
    };
    const behind = behindValue(operand, one, value === null ? undefined : right);
    if (behind !== undefined) alternatives.push(joinExpressions("and", [...equal, behind]));
    equal.push(
      value === null
        ? { kind: "nullTest", operand, negated: false }
        : { kind: "comparison", left: operand, operator: "=", right },
    );
  }
  return joinExpressions("or", alternatives);
}

/** What comes behind a value in one column; nothing does behind nulls that stand last. */
function behindValue(operand: Expression, order: OrderColumn, right: Expression | undefined): Expression | undefined {
  const isNull: Expression = { kind: "nullTest", operand, negated: false };
  if (right === undefined) return order.nulls === "first" ? { ...isNull, negated: true } : undefined;
  const further: Expression = {
    kind: "comparison",
    left: operand,
    operator: order.direction === "asc" ? ">" : "<",
    right,
  };
  const nullable = order.column.definition.nullable;
  return order.nulls === "last" && nullable ? joinExpressions("or", [further, isNull]) : further;
}
