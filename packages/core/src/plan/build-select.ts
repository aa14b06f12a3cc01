import type { ResultType } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { Expression, OrderBy } from "../operation/expression.ts";
import { shiftSlots } from "../operation/rewrite.ts";
import type { Join, SelectStatement, Selection, Source } from "../operation/statement.ts";
import {
  allOf,
  buildCondition,
  conditionsToExpression,
  embeddedContext,
  hookedAt,
  ROOT_HOOK,
  type Embedded,
  type JoinState,
  type PlanContext,
  type QueryState,
} from "../query/query-state.ts";
import { refuseHiddenKeys, refuseHiddenOrder } from "../query/distinct.ts";
import { refuseEncryptedColumn } from "../query/refuse-encrypted.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { derived, selectFrom } from "./select-from.ts";
import { softDeleteFilter } from "./soft-delete-filter.ts";

/** One result column: where it stands, what it holds and under which name it is given. */
export interface Field {
  readonly name: string;
  readonly type: ResultType;
  readonly serialize: ((raw: unknown) => unknown) | undefined;
}

export interface BuiltSelect {
  readonly statement: SelectStatement;
  readonly fields: readonly Field[];
}

/** The statement that reads a query's rows, with what its columns hold. */
export function buildSelect(state: QueryState, context: PlanContext): BuiltSelect {
  const outer = state.outerTables.find((table) => !context.scope.includes(table));
  if (outer !== undefined) {
    throw new InvalidQueryError(
      `The query on model "${state.entry.info.table}" names the table "${outer}", which is not in reach. ` +
        "Join it, or use this query inside whereExists or whereIn of a query on that table.",
      { model: state.entry.info.table },
    );
  }
  const inner = { ...context, scope: [...context.scope, state.alias, ...state.joins.map((join) => join.alias)] };
  const columns = selectedColumns(state);
  refuseHiddenOrder(state);
  for (const { relation } of state.loads) refuseHiddenKeys(relation, state);
  if (state.distinct) for (const column of columns) refuseEncryptedColumn(state.entry.info, column);
  const fields = [
    ...columns.map((column) => columnField(state.entry.info, column)),
    ...state.computed.map(computedField),
  ];
  const selections: Selection[] = columns.map((column) => ({
    name: column.property,
    expression: columnNode(state.entry.info, column, state.alias),
  }));
  for (const one of state.computed) {
    selections.push({ name: one.name, expression: buildCondition(one.expression, inner) });
  }
  const statement: SelectStatement = {
    kind: "select",
    with: state.common.map((one) => ({
      name: one.name,
      columns: one.columns,
      recursive: one.recursive,
      query: buildEmbedded(one, inner),
    })),
    from: ownSource(state, inner),
    joins: state.joins.map((join) => buildJoin(state, join, inner)),
    selections,
    distinct: state.distinct,
    distinctOn: state.distinctOn,
    where: isOuterJoined(state) ? allOf(...callerFilters(state, inner)) : buildWhere(state, inner),
    groupBy: state.groupBy.map((one) => buildCondition(one, inner)),
    having: conditionsToExpression(state.having, inner),
    setOperations: state.sets.map((one) => ({ operator: one.operator, query: buildEmbedded(one, inner) })),
    orderBy: buildOrder(state, inner),
    limit: slotNode(state.limit),
    offset: slotNode(state.offset),
    lock: state.lock,
  };
  return { statement, fields };
}

/** The statement of an embedded query, its slots moved to where its values stand. */
export function buildEmbedded(embedded: Embedded, context: PlanContext): SelectStatement {
  const { statement } = buildSelect(embedded.query, embeddedContext(context, embedded));
  return shiftSlots(statement, embedded.offset);
}

export function modelSource(state: QueryState): Source & { readonly kind: "model" } {
  return { kind: "model", model: state.entry.info, alias: state.alias };
}

/** Everything a query filters by: the caller's conditions as one group, soft deletes, the hook's, and its tie to a parent. */
export function buildWhere(state: QueryState, context: PlanContext): Expression | undefined {
  return allOf(...callerFilters(state, context), hiddenFilter(state, context));
}

function callerFilters(state: QueryState, context: PlanContext): readonly (Expression | undefined)[] {
  return [state.tie?.(context), conditionsToExpression(state.where, context)];
}

/** What hides rows of the model from the caller: soft deletes and the hook's conditions. */
function hiddenFilter(state: QueryState, context: PlanContext): Expression | undefined {
  return allOf(softDeleteFilter(state.entry.info, state.alias, state.trashed), context.hooked(ROOT_HOOK));
}

/** Right and full joins bring rows back that a condition kept out, so that they join tables that are filtered already. */
function isOuterJoined(state: QueryState): boolean {
  return state.joins.some(({ type }) => keepsRight(type));
}

function keepsRight(type: JoinState["type"]): boolean {
  return type === "right" || type === "full";
}

function ownSource(state: QueryState, context: PlanContext): Source {
  const source = modelSource(state);
  return isOuterJoined(state) ? filteredSource(source, hiddenFilter(state, context)) : source;
}

/** `(select … from table where filter) as table` */
function filteredSource(source: Source & { readonly kind: "model" }, where: Expression | undefined): Source {
  if (where === undefined) return source;
  const { model, alias } = source;
  const selections = [...model.columns.values()].map((column) => ({
    name: column.databaseName,
    expression: columnNode(model, column, alias),
  }));
  return derived(selectFrom(source, { selections, where }), alias);
}

function selectedColumns(state: QueryState): readonly ColumnInfo[] {
  return state.picked ?? [...state.entry.info.columns.values()];
}

/** The result column of a model's column under its own name. */
export function columnField(model: ModelInfo, column: ColumnInfo): Field {
  return {
    name: column.property,
    type: { kind: "column", place: placeOfColumn(model, column) },
    serialize: column.definition.serialize,
  };
}

function computedField(computed: QueryState["computed"][number]): Field {
  return { name: computed.name, type: computed.type, serialize: computed.serialize };
}

function buildJoin(state: QueryState, join: JoinState, context: PlanContext): Join {
  const { type, model, alias } = join;
  const caller = conditionsToExpression(join.on, context);
  const hidden = allOf(
    model && softDeleteFilter(model, alias, state.trashed === "without" ? "without" : "with"),
    hookedAt(context, join.hook),
  );
  if (model === undefined) return joined(type, { kind: "table", name: join.name, alias }, caller);
  const source = { kind: "model", model, alias } as const;
  if (keepsRight(type)) return joined(type, filteredSource(source, hidden), caller);
  return joined(type, source, allOf(caller, hidden));
}

/** A join without a condition is always true, and a filtered cross join is an inner one. */
function joined(type: JoinState["type"], source: Source, on: Expression | undefined): Join {
  if (type === "cross") return { type: on === undefined ? "cross" : "inner", source, on };
  return { type, source, on: on ?? { kind: "literal", value: true } };
}

function buildOrder(state: QueryState, context: PlanContext): readonly OrderBy[] {
  return state.orderBy.map((order) => ({
    expression: buildCondition(order.expression, context),
    direction: order.direction,
    nulls: order.nulls,
  }));
}

const limitPlace = {
  type: { kind: "bigInteger", unsigned: false, mode: "number" },
  nullable: false,
  model: "",
  column: "limit",
} as const;

/** A limit or offset as a parameter, so that it is no part of the text. */
export function slotNode(slot: number | undefined): Expression | undefined {
  return slot === undefined ? undefined : { kind: "parameter", slot, place: limitPlace };
}
