import { TooManyRowsError, UnsupportedError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { RawExpression } from "../model/raw.ts";
import type { Expression } from "../operation/expression.ts";
import type { ExtraColumn } from "../plan/column-list.ts";
import { planRows } from "../plan/plan-rows.ts";
import { hydrate } from "../plan/row-shape.ts";
import { Appender, joinExpressions, withCondition, type PlanContext, type QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import type { Awaitable } from "../adapter/adapter.ts";
import { fetchRows } from "./fetch-rows.ts";
import { withKey } from "./read.ts";
import type { Reader } from "./reader.ts";
import { keyOf } from "./row-key.ts";
import { inTransaction } from "./in-transaction.ts";
import { unscoped } from "./unscoped.ts";
import type { RowValues } from "./row-values.ts";

/** A write whose rows are asked for, on an engine whose writes give none back. */
export interface KeyedWrite {
  /** The write's query with the columns to give back. */
  readonly state: QueryState;
  readonly context: PlanContext;
  /** What the rows become; `undefined` when they are removed. */
  readonly set: RowValues | undefined;
  /** Runs the write itself on other rows. */
  readonly apply: (inside: Reader, state: QueryState) => Awaitable<unknown>;
}

/** Locks the rows, writes them by their keys, and gives them: as they were when removed, as they are when changed. */
export function writeByKeys(reader: Reader, write: KeyedWrite): Promise<readonly object[]> {
  const { state, set } = write;
  const changesKey = state.entry.info.primaryKey.find((column) => set?.has(column) === true);
  requireReadable(reader, write, changesKey);
  return inTransaction(reader, async (inside) => {
    const { rows, keys } = await lockRows(inside, write);
    refuseTooMany(state, keys.length);
    if (keys.length === 0) return [];
    const keyed = withRawKeys(state, keys);
    await write.apply(inside, keyed);
    if (set === undefined) return rows;
    const again = changesKey === undefined ? keyed : withKey(unscoped(state), set.get(changesKey));
    return fetchRows(inside, picking(again, state.returning ?? []));
  });
}

function requireReadable(reader: Reader, { state, set }: KeyedWrite, changed: ColumnInfo | undefined): void {
  const { info } = state.entry;
  const isLost =
    changed === undefined
      ? info.primaryKey.length === 0
      : info.primaryKey.length > 1 || RawExpression.is(set?.get(changed));
  if (!isLost) return;
  throw new UnsupportedError({
    capability: `returning of a write to model "${info.table}" ${changed === undefined ? "without a primary key" : "that changes its key"}`,
    adapter: reader.session.core.adapter.name,
    alternative: "Read the rows in the same transaction.",
    model: info.table,
  });
}

interface Locked {
  readonly rows: readonly object[];
  readonly keys: readonly (readonly unknown[])[];
}

/** The rows that the write will touch, each once, locked until the transaction ends. */
async function lockRows(reader: Reader, { state, context }: KeyedWrite): Promise<Locked> {
  const { core } = reader.session;
  const { info } = state.entry;
  const lock = core.adapter.capabilities.rowLocks ? ({ strength: "update", wait: "wait" } as const) : undefined;
  const locking: QueryState = { ...picking(state, state.returning ?? []), returning: undefined, lock };
  const extra = info.primaryKey.map((column): ExtraColumn => ({ model: info, alias: state.alias, column }));
  const plan = core.plans.get(`${locking.key}\nlock`, () => planRows(core.adapter, locking, context, extra));
  const { rows: raw } = await reader.session.execute(plan, locking.values);
  const seen = new Set<unknown>();
  const distinct = raw.filter((row) => {
    const key = keyOf(row, plan.extra);
    return !seen.has(key) && seen.add(key);
  });
  return { rows: hydrate(plan.shape, distinct), keys: distinct.map((row) => plan.extra.map((at) => row[at])) };
}

function picking(state: QueryState, columns: readonly ColumnInfo[]): QueryState {
  const key = `${state.key}\nP${columns.map((column) => column.index).join()}`;
  return { ...state, key, picked: columns, computed: [], loads: [], distinct: false };
}

/** The rows with these keys, as the driver gave them. */
function withRawKeys(state: QueryState, keys: readonly (readonly unknown[])[]): QueryState {
  const { info } = state.entry;
  const bare: QueryState = { ...unscoped(state), alias: state.alias, unfiltered: true };
  const to = new Appender(bare);
  const node = (column: ColumnInfo) => columnNode(info, column, state.alias);
  const [only, another] = info.primaryKey;
  if (only !== undefined && another === undefined) {
    to.key += `~${state.alias}&K`;
    const slot = to.slot(keys.map(([value]) => value));
    const list = { kind: "list", slot, place: placeOfColumn(info, only), encoded: true } as const;
    return ended(bare, to, { kind: "in", operand: node(only), list, negated: false });
  }
  to.key += `~${state.alias}&K${keys.length}`;
  const rows = keys.map((key) =>
    joinExpressions(
      "and",
      info.primaryKey.map((column, at): Expression => {
        const right = {
          kind: "parameter",
          slot: to.slot(key[at]),
          place: placeOfColumn(info, column),
          encoded: true,
        } as const;
        return { kind: "comparison", left: node(column), operator: "=", right };
      }),
    ),
  );
  return ended(bare, to, joinExpressions("or", rows));
}

function ended(state: QueryState, to: Appender, condition: Expression): QueryState {
  return { ...withCondition(state, condition), key: to.key, values: to.values };
}

function refuseTooMany(state: QueryState, touched: number): void {
  const { maxRows } = state;
  if (maxRows === undefined || touched <= maxRows) return;
  throw new TooManyRowsError(
    `The write matched ${touched} rows of "${state.entry.info.table}", more than the ${maxRows} of maxRows. Nothing was changed.`,
    { model: state.entry.info.table },
  );
}
