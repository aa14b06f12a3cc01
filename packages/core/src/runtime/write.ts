import type { Adapter, Awaitable, QueryResult } from "../adapter/adapter.ts";
import { InvalidQueryError, TooManyRowsError, UnfilteredWriteError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { ColumnChange } from "../model/column-change.ts";
import { raw } from "../model/raw.ts";
import type { Expression } from "../operation/expression.ts";
import type { Assignment, Statement } from "../operation/statement.ts";
import { isVacuous } from "../operation/vacuous.ts";
import { buildSelect, buildWhere, modelSource } from "../plan/build-select.ts";
import { plannedQuery, type Plan } from "../plan/plan-rows.ts";
import { hydrate, rowShape, type RowShape } from "../plan/row-shape.ts";
import { softDeleteFilter } from "../plan/soft-delete-filter.ts";
import { runQueryHooks } from "../query/fetch-hooks.ts";
import {
  allOf,
  Appender,
  conditionsToExpression,
  type Conditions,
  type PlanContext,
  type QueryState,
} from "../query/query-state.ts";
import { columnNode } from "../query/resolve-column.ts";
import { after } from "./awaitable.ts";
import type { Reader } from "./reader.ts";
import { changeExpression } from "./change-expression.ts";
import { returningColumns, valueExpression } from "./insert-statement.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import { partOf } from "./part.ts";
import type { RowValues } from "./row-values.ts";
import { copyData, currentInstant, updateValues } from "./write-values.ts";

interface WritePlan extends Plan {
  readonly shape: RowShape | undefined;
}

const keyed = partOf(() => import("./write-by-keys.ts"));

/** How a write ends: the number of rows, or the rows themselves after `returning`. */
export type WriteResult = number | readonly object[];

/** Makes the `set` part; the appender takes its values. */
type MakeSet = (to: Appender) => readonly Assignment[];

/** Updates the rows of a query. */
export function updateRows(reader: Reader, state: QueryState, data: unknown): Awaitable<WriteResult> {
  const { info } = state.entry;
  const copy = copyData(info, data);
  if (Object.keys(copy).length === 0) {
    throw new InvalidQueryError(`update of model "${info.table}" was given nothing to set.`, { model: info.table });
  }
  return setColumns(reader, state, updateValues(info, copy));
}

/** Sets columns of the rows of a query to these values and to nothing else. */
export function setColumns(reader: Reader, state: QueryState, values: RowValues): Awaitable<WriteResult> {
  return runUpdate(reader, state, values, (to) =>
    [...values].map(([column, value]) => ({ column, value: setValue(reader, to, state, column, value) })),
  );
}

function setValue(reader: Reader, to: Appender, state: QueryState, column: ColumnInfo, value: unknown): Expression {
  to.key += `c${column.index}`;
  if (ColumnChange.is(value)) return changeExpression(reader.session.core.adapter, to, state, column, value);
  return valueExpression(to, state.entry.info, column, value);
}

/** Adds to a column in the database, so that concurrent callers do not overwrite one another. */
export function incrementColumn(
  reader: Reader,
  state: QueryState,
  column: ColumnInfo,
  by: { readonly operator: "+" | "-"; readonly amount: unknown },
  extra: unknown,
): Awaitable<WriteResult> {
  const { info } = state.entry;
  const values = new Map(updateValues(info, copyData(info, extra ?? {})));
  values.delete(column);
  const changed = new Map([...values, [column, raw("?", [by.amount])]]);
  return runUpdate(reader, state, changed, (to) => {
    to.key += `c${column.index}${by.operator}`;
    const right = valueExpression(to, info, column, by.amount);
    const sum: Expression = {
      kind: "arithmetic",
      left: columnNode(info, column, state.alias),
      operator: by.operator,
      right,
    };
    const others = [...values].map(([other, value]) => ({
      column: other,
      value: setValue(reader, to, state, other, value),
    }));
    return [{ column, value: sum }, ...others];
  });
}

function runUpdate(reader: Reader, state: QueryState, changed: RowValues, set: MakeSet): Awaitable<WriteResult> {
  return write(reader, state, { hook: "beforeUpdate", changed }, (hooked, context) => {
    const to = new Appender(hooked);
    to.key += "\nU";
    const assignments = set(to);
    return {
      state: { ...hooked, key: to.key, values: to.values },
      statement: () => ({
        kind: "update",
        table: modelSource(hooked),
        set: assignments,
        where: writeWhere(hooked, context),
        returning: returningColumns(hooked.entry.info, hooked.returning ?? []).selections,
      }),
    };
  });
}

/** Removes the rows of a query, whether the model soft-deletes or not. */
export function removeRows(reader: Reader, state: QueryState): Awaitable<WriteResult> {
  return write(reader, state, { hook: "beforeDelete", changed: undefined }, (hooked, context) => ({
    state: { ...hooked, key: `${hooked.key}\nX` },
    statement: () => ({
      kind: "delete",
      from: modelSource(hooked),
      where: writeWhere(hooked, context),
      returning: returningColumns(hooked.entry.info, hooked.returning ?? []).selections,
    }),
  }));
}

/** Marks the rows of a query as deleted, with the value of the moment. */
export function softDeleteRows(reader: Reader, state: QueryState): Awaitable<WriteResult> {
  const column = requireSoftDelete(state, "softDelete");
  const { softDeleteValue } = state.entry.info.options;
  const value = typeof softDeleteValue === "function" ? softDeleteValue() : softDeleteValue;
  return updateRows(reader, state, { [column.property]: value ?? currentInstant(column) });
}

/** Takes the mark off soft-deleted rows. */
export function restoreRows(reader: Reader, state: QueryState): Awaitable<WriteResult> {
  const column = requireSoftDelete(state, "restore");
  const trashed: QueryState = { ...state, trashed: "only", key: `${state.key}to` };
  const value = column.definition.type.kind === "boolean" ? false : null;
  return updateRows(reader, trashed, { [column.property]: value });
}

function requireSoftDelete(state: QueryState, method: string): ColumnInfo {
  const column = state.entry.info.softDelete;
  if (column !== undefined) return column;
  throw new InvalidQueryError(
    `${method} needs a soft-delete column, and model "${state.entry.info.table}" has none. Add col.softDeletes(), or use delete().`,
    { model: state.entry.info.table },
  );
}

interface Prepared {
  readonly state: QueryState;
  readonly statement: () => Statement;
}

interface WriteKind {
  readonly hook: "beforeUpdate" | "beforeDelete";
  /** What columns become; `undefined` where the rows are removed. */
  readonly changed: RowValues | undefined;
}

const noContext: PlanContext = { hooked: () => undefined, scope: [] };

function write(
  reader: Reader,
  state: QueryState,
  { hook, changed }: WriteKind,
  prepare: (state: QueryState, context: PlanContext) => Prepared,
): Awaitable<WriteResult> {
  requireWritable(state);
  requireFilter(state);
  const { core } = reader.session;
  const run = (on: Reader, target: QueryState, context: PlanContext): Awaitable<WriteResult> => {
    const prepared = prepare(target, context);
    const plan = core.plans.get(prepared.state.key, () =>
      planWrite(core.adapter, prepared.state, prepared.statement()),
    );
    return executeWrite(on, prepared.state, plan);
  };
  const own = state.entry.info.hooks[hook] === undefined || state.skippedHooks.includes(hook) ? undefined : hook;
  return after(runQueryHooks(state, own, reader.draft), (hooked) => {
    if (hooked.state.returning === undefined || core.adapter.capabilities.returning === "rows") {
      return run(reader, hooked.state, hooked.context);
    }
    const apply = (inside: Reader, rows: QueryState) => run(inside, rows, noContext);
    return keyed([], (part) => part.writeByKeys(reader, { ...hooked, set: changed, apply }));
  });
}

/** Refuses a write that would touch every row, unless that was said. An order or a limit picks rows but filters none. */
function requireFilter(state: QueryState): void {
  if (state.unfiltered || state.tie !== undefined) return;
  const scope = [state.alias, ...state.joins.map((join) => join.alias)];
  const context: PlanContext = { hooked: () => undefined, scope };
  const filters = (conditions: Conditions) => !isVacuous(conditionsToExpression(conditions, context), state.alias);
  if (filters(state.where) || state.joins.some(({ type, on }) => type === "inner" && filters(on))) return;
  throw new UnfilteredWriteError(
    `This write would touch every row of "${state.entry.info.table}", since nothing filters it. ` +
      "Add a condition, or say .unfiltered() if every row is meant.",
    { model: state.entry.info.table },
  );
}

/** Refuses what only a read has a meaning for, instead of leaving it out. */
function requireWritable(state: QueryState): void {
  const parts = {
    distinct: state.distinct || state.distinctOn.length > 0,
    "union, intersect or except": state.sets.length > 0,
    "groupBy or having": state.groupBy.length > 0 || state.having.length > 0,
  };
  const [stray] = Object.entries(parts).find(([, isThere]) => isThere) ?? [];
  if (stray === undefined) return;
  throw new InvalidQueryError(
    `A write to model "${state.entry.info.table}" cannot have ${stray}. Read the keys first, or use whereIn with the query.`,
    { model: state.entry.info.table },
  );
}

function planWrite(adapter: Adapter, state: QueryState, statement: Statement): WritePlan {
  const { info, model } = state.entry;
  if (state.returning === undefined) {
    const query = plannedQuery(statement, [], info);
    return { query, compiled: adapter.compile(query), shape: undefined };
  }
  const { fields } = returningColumns(info, state.returning);
  const query = plannedQuery(
    statement,
    fields.map((field) => field.type),
    info,
  );
  return { query, compiled: adapter.compile(query), shape: rowShape(adapter, model, fields, []) };
}

function executeWrite(reader: Reader, state: QueryState, plan: WritePlan): Awaitable<WriteResult> {
  const { maxRows } = state;
  const finish = (result: QueryResult) =>
    plan.shape === undefined ? result.affected : hydrate(plan.shape, result.rows);
  if (maxRows === undefined) return after(reader.session.execute(plan, state.values), finish);
  return allOrNothing(reader.session, async (session) => {
    const result = await session.execute(plan, state.values);
    const touched = Math.max(result.affected, result.rows.length);
    if (touched <= maxRows) return finish(result);
    throw new TooManyRowsError(
      `The write matched ${touched} rows of "${state.entry.info.table}", more than the ${maxRows} of maxRows. Nothing was changed.`,
      { model: state.entry.info.table },
    );
  });
}

/** The condition of a write. What an update or delete cannot carry (joins, a limit) becomes a query over the key. */
function writeWhere(state: QueryState, context: PlanContext): Expression | undefined {
  const isCut = state.limit !== undefined || state.offset !== undefined;
  const shaped = isCut || state.joins.length > 0 || state.common.length > 0;
  if (!shaped) return buildWhere(state, { ...context, scope: [...context.scope, state.alias] });
  const { info } = state.entry;
  const [key] = info.primaryKey;
  if (key === undefined || info.primaryKey.length > 1) {
    throw new InvalidQueryError(
      `A write with joins or a limit needs one primary key column, and model "${info.table}" has ${info.primaryKey.length}.`,
      { model: info.table },
    );
  }
  const inner: QueryState = { ...state, picked: [key], computed: [], loads: [], lock: undefined };
  const query = buildSelect(inner, context).statement;
  return allOf(
    { kind: "in", operand: columnNode(info, key, state.alias), list: { kind: "subquery", query }, negated: false },
    softDeleteFilter(info, state.alias, state.trashed),
  );
}
