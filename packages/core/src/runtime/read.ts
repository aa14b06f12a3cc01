import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidValueError, MultipleRecordsError, RecordNotFoundError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { Appender, joinExpressions, withCondition, type QueryState } from "../query/query-state.ts";
import { requireColumn } from "../model/require-column.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { after } from "./awaitable.ts";
import { fetchRows } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";

/** The first row of a query, or null. */
export function fetchOne(reader: Reader, state: QueryState): Awaitable<object | null> {
  return after(fetchRows(reader, atMost(state, 1)), (rows) => rows[0] ?? null);
}

export function requireRow(state: QueryState, row: object | null): object {
  if (row !== null) return row;
  const { table } = state.entry.info;
  throw new RecordNotFoundError(`No row of "${table}" matches this query.`, { model: table });
}

/** The one row of a query that must have exactly one. */
export function fetchSole(reader: Reader, state: QueryState): Awaitable<object> {
  return after(fetchRows(reader, atMost(state, 2)), (rows) => {
    if (rows.length < 2) return requireRow(state, rows[0] ?? null);
    const { table } = state.entry.info;
    throw new MultipleRecordsError(`More than one row of "${table}" matches a query that must have exactly one.`, {
      model: table,
    });
  });
}

/** A query cut to so many rows, unless it has a limit of its own. */
export function atMost(state: QueryState, count: number): QueryState {
  if (state.limit !== undefined) return state;
  return { ...state, key: `${state.key}l`, values: [...state.values, count], limit: state.values.length };
}

/** A query for the row with a key: a value, a list for a composite key, or an object by property. */
export function withKey(state: QueryState, key: unknown): QueryState {
  const keyed = byKey(state);
  return { ...keyed, values: valuesByKey(keyed, key) };
}

/** The rows with a key of a query that `byKey` made. */
export function fetchByKey(reader: Reader, keyed: QueryState, key: unknown): Awaitable<readonly object[]> {
  return fetchRows(reader, keyed, valuesByKey(keyed, key));
}

/** A query for the row with a key, without the values of the key, which stand behind the query's own. */
export function byKey(state: QueryState): QueryState {
  const { info } = state.entry;
  const to = new Appender(state);
  to.key += "&(";
  const operands = requirePrimaryKey(info).map((column, at): Expression => {
    to.key += `c${column.index}=?`;
    const right = { kind: "parameter", slot: state.values.length + at, place: placeOfColumn(info, column) } as const;
    return { kind: "comparison", left: columnNode(info, column, state.alias), operator: "=", right };
  });
  return grouped(state, to, joinExpressions("and", operands));
}

/** The values of a query that `byKey` made: its own, and behind them those of the key. */
function valuesByKey({ entry: { info }, values }: QueryState, key: unknown): readonly unknown[] {
  const isScalar = typeof key === "number" || typeof key === "string";
  const added = isScalar && info.primaryKey.length === 1 ? [key] : keyValues(info, info.primaryKey, key);
  return values.length === 0 ? added : [...values, ...added];
}

/** A query for the rows with one of several keys. */
export function withKeys(state: QueryState, keys: unknown): QueryState {
  const { info } = state.entry;
  const columns = requirePrimaryKey(info);
  if (!Array.isArray(keys)) {
    throw new InvalidValueError(`findMany of model "${info.table}" needs a list of keys.`, { model: info.table });
  }
  const lists = keys.map((key) => keyValues(info, columns, key));
  const to = new Appender(state);
  const [only] = columns;
  if (keys.length === 0 || only === undefined) {
    to.key += "&F";
    return grouped(state, to, { kind: "literal", value: false });
  }
  if (columns.length === 1) {
    to.key += `&c${only.index}i`;
    const slot = to.slot(lists.map(([value]) => value));
    const list = { kind: "list", slot, place: placeOfColumn(info, only) } as const;
    return grouped(state, to, { kind: "in", operand: columnNode(info, only, state.alias), list, negated: false });
  }
  to.key += `&(${lists.length}`;
  const rows = lists.map((values) =>
    joinExpressions(
      "and",
      columns.map((column, at): Expression => {
        const right = { kind: "parameter", slot: to.slot(values[at]), place: placeOfColumn(info, column) } as const;
        return { kind: "comparison", left: columnNode(info, column, state.alias), operator: "=", right };
      }),
    ),
  );
  return grouped(state, to, joinExpressions("or", rows));
}

function grouped(state: QueryState, to: Appender, condition: Expression): QueryState {
  return { ...withCondition(state, condition), key: `${to.key})`, values: to.values };
}

function requirePrimaryKey(info: ModelInfo): readonly ColumnInfo[] {
  if (info.primaryKey.length > 0) return info.primaryKey;
  throw new InvalidValueError(`Model "${info.table}" has no primary key to find by. Use where.`, { model: info.table });
}

/** The parts of a key, each checked to be there. */
export function keyValues(info: ModelInfo, columns: readonly ColumnInfo[], key: unknown): readonly unknown[] {
  const values = keyParts(info, columns, key);
  const missing = columns.find((_, at) => values[at] === undefined || values[at] === null);
  if (missing === undefined && values.length === columns.length) return values;
  const names = columns.map((column) => column.property).join(", ");
  throw new InvalidValueError(
    `A key of model "${info.table}" needs a value for ${names}, and undefined or null is none.`,
    { model: info.table, column: missing?.property },
  );
}

function keyParts(info: ModelInfo, columns: readonly ColumnInfo[], key: unknown): readonly unknown[] {
  if (
    columns.length === 1 &&
    (typeof key !== "object" || key === null || key instanceof Date || key instanceof Uint8Array)
  ) {
    return [key];
  }
  if (Array.isArray(key) && columns.length > 1) return key;
  if (typeof key !== "object" || key === null || Array.isArray(key)) {
    throw new InvalidValueError(
      `A key of model "${info.table}" is ${columns.length === 1 ? "one value" : `a list of ${columns.length} values`}, or an object by property.`,
      { model: info.table },
    );
  }
  const named = new Map(Object.entries(key));
  for (const name of named.keys()) {
    if (columns.some((column) => column.property === requireColumn(info, name).property)) continue;
    throw new InvalidValueError(`Column "${name}" is not part of the key of model "${info.table}".`, {
      model: info.table,
    });
  }
  return columns.map((column) => named.get(column.property));
}

/** Plain objects, without the columns that models hide. */
export function toPlain(state: QueryState, rows: readonly object[]): object[] {
  const hidden = [...state.entry.info.columns.values()].filter((column) => column.definition.hidden);
  return rows.map((row) => {
    const plain: Record<string, unknown> = { ...row };
    for (const column of hidden) delete plain[column.property];
    for (const { relation, query } of state.loads) {
      const loaded = plain[relation.name];
      if (Array.isArray(loaded)) plain[relation.name] = toPlain(query, loaded);
      else if (isOf(relation, loaded)) plain[relation.name] = toPlain(query, [loaded])[0];
    }
    return plain;
  });
}

/** Whether a loaded row is one of this relation, and not of another target of the same `morphTo`. */
function isOf({ branch }: RelationInfo, loaded: unknown): loaded is object {
  if (typeof loaded !== "object" || loaded === null) return false;
  return branch === undefined || Reflect.get(loaded, "type") === branch;
}
