import type { AggregateName } from "../operation/expression.ts";
import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import { fetchAggregate, fetchExists } from "../runtime/aggregate.ts";
import { after } from "../runtime/awaitable.ts";
import { executeControl } from "../runtime/execute-control.ts";
import { describeQuery, explainQuery } from "../runtime/explain.ts";
import { fetchRows } from "../runtime/fetch-rows.ts";
import type { Reader } from "../runtime/reader.ts";
import { insertMany, insertOne } from "../runtime/insert.ts";
import { namesRelation } from "../runtime/names-relation.ts";
import { paginate, simplePaginate } from "../runtime/paginate.ts";
import { partOf } from "../runtime/part.ts";
import { byKey, fetchByKey, fetchOne, fetchSole, requireRow, toPlain, withKeys } from "../runtime/read.ts";
import type { Session } from "../runtime/session.ts";
import { requireSize, stream } from "../runtime/stream.ts";
import { truncateTable } from "../runtime/truncate.ts";
import {
  incrementColumn,
  removeRows,
  restoreRows,
  softDeleteRows,
  updateRows,
  type WriteResult,
} from "../runtime/write.ts";
import type { QueryState } from "./query-state.ts";
import { requireColumn } from "../model/require-column.ts";
import { resolveColumn } from "./resolve-column.ts";
import { isNumeric } from "./aggregate-type.ts";
import { ShapeBuilder } from "./shape-builder.ts";

const cursors = partOf(() => import("../runtime/cursor-paginate.ts"));
const chunks = partOf(() => import("../runtime/chunk.ts"));
const trees = partOf(() => import("../runtime/nested-insert.ts"));
const upserts = partOf(() => import("../runtime/upsert.ts"));
const searches = partOf(() => import("../runtime/first-or-create.ts"));

/** A query and its terminals as they run; `Query` in `types/query.ts` is what callers see. */
export class QueryBuilder extends ShapeBuilder {
  readonly #reader: Reader;
  /** This query with the condition of `find`, made when it is first asked for. */
  #byKey: QueryState | undefined;

  constructor(reader: Reader, state: QueryState, draft = false) {
    super(state, draft);
    this.#reader = reader;
  }

  protected derive(state: QueryState): this {
    return this.build(state) as this;
  }

  /** A builder of this class with another state. */
  protected build(state: QueryState): QueryBuilder {
    return new QueryBuilder(this.#reader, state);
  }

  protected draft(state: QueryState): QueryBuilder {
    return new QueryBuilder(this.#reader, state, true);
  }

  /** Runs a terminal: one promise, and whatever is thrown is its rejection. */
  #run<T>(body: (reader: Reader, state: QueryState) => Awaitable<T>, options?: unknown): Promise<T> {
    try {
      const { state } = this;
      if (this.isDraft) {
        throw new InvalidQueryError(
          `A query of model "${state.entry.info.table}" was run inside the callback that builds it. Run the outer query instead.`,
          { model: state.entry.info.table },
        );
      }
      const reader = options === undefined ? this.#reader : this.#controlled(options);
      const ready = reader.session.core.ready();
      return Promise.resolve(ready === undefined ? body(reader, state) : after(ready, () => body(reader, state)));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #controlled(options: unknown): Reader {
    const control = executeControl(options);
    return control === undefined ? this.#reader : readerOn(this.#reader.session.controlled(control));
  }

  #keyed(state: QueryState): QueryState {
    return (this.#byKey ??= byKey(state));
  }

  many(options?: unknown): Promise<readonly object[]> {
    return this.#run(fetchRows, options);
  }
  one(options?: unknown): Promise<object | null> {
    return this.#run(fetchOne, options);
  }
  oneOrFail(options?: unknown): Promise<object> {
    return this.#run((reader, state) => after(fetchOne(reader, state), (row) => requireRow(state, row)), options);
  }
  sole(options?: unknown): Promise<object> {
    return this.#run(fetchSole, options);
  }
  find(key: unknown, options?: unknown): Promise<object | null> {
    return this.#run((reader, state) => after(fetchByKey(reader, this.#keyed(state), key), firstOrNull), options);
  }
  findOrFail(key: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) =>
        after(fetchByKey(reader, this.#keyed(state), key), (rows) => requireRow(state, firstOrNull(rows))),
      options,
    );
  }
  findMany(keys: unknown, options?: unknown): Promise<readonly object[]> {
    return this.#run((reader, state) => fetchRows(reader, withKeys(state, keys)), options);
  }
  exists(options?: unknown): Promise<boolean> {
    return this.#run(fetchExists, options);
  }

  #aggregate(name: AggregateName, column: unknown, options: unknown): Promise<unknown> {
    return this.#run((reader, state) => fetchAggregate(reader, state, name, column), options);
  }
  count(column?: unknown, options?: unknown): Promise<unknown> {
    return this.#aggregate("count", column, options);
  }
  sum(column: unknown, options?: unknown): Promise<unknown> {
    return this.#aggregate("sum", requireGiven(column, "sum"), options);
  }
  avg(column: unknown, options?: unknown): Promise<unknown> {
    return this.#aggregate("avg", requireGiven(column, "avg"), options);
  }
  min(column: unknown, options?: unknown): Promise<unknown> {
    return this.#aggregate("min", requireGiven(column, "min"), options);
  }
  max(column: unknown, options?: unknown): Promise<unknown> {
    return this.#aggregate("max", requireGiven(column, "max"), options);
  }

  pluck(column: unknown, options?: unknown): Promise<readonly unknown[]> {
    return this.#run((reader) => {
      const state = this.#only(column);
      return after(fetchRows(reader, state), (rows) => rows.map((row): unknown => Reflect.get(row, String(column))));
    }, options);
  }
  value(column: unknown, options?: unknown): Promise<unknown> {
    return this.#run((reader) => {
      const state = this.#only(column);
      return after(fetchOne(reader, state), (row): unknown => (row === null ? null : Reflect.get(row, String(column))));
    }, options);
  }

  /** This query with one column and nothing else. */
  #only(column: unknown): QueryState {
    const state = this.state;
    resolveColumn(state, column);
    if (state.sets.length > 0) return requireSelected(state, column);
    const computed = state.computed.filter((one) => state.orderBy.some((order) => order.expression === one.expression));
    const bare = this.draft({ ...state, loads: [], picked: undefined, computed });
    return bare.select(column).finish();
  }

  plain(options?: unknown): Promise<readonly object[]> {
    return this.#run((reader, state) => after(fetchRows(reader, state), (rows) => toPlain(state, rows)), options);
  }
  paginate(request: object = {}, options?: unknown): Promise<unknown> {
    return this.#run((reader, state) => paginate(reader, state, request), options);
  }
  simplePaginate(request: object = {}, options?: unknown): Promise<unknown> {
    return this.#run((reader, state) => simplePaginate(reader, state, request), options);
  }
  cursorPaginate(request: object = {}, options?: unknown): Promise<unknown> {
    return this.#run(
      (reader, state) => cursors([request], (part, given) => part.cursorPaginate(reader, state, given)),
      options,
    );
  }
  chunk(size: unknown, callback: unknown, options?: unknown): Promise<void> {
    return this.#chunk(this.state, size, callback, options);
  }
  chunkById(size: unknown, callback: unknown, options?: unknown): Promise<void> {
    return this.#chunk({ ...this.state, orderBy: [], key: `${this.state.key}oI` }, size, callback, options);
  }
  #chunk(state: QueryState, size: unknown, callback: unknown, options: unknown): Promise<void> {
    return this.#run((reader) => chunks([], (part) => part.chunk(reader, state, size, callback)), options);
  }
  stream(options: { readonly batch?: unknown } = {}): AsyncIterableIterator<object> {
    const control = executeControl(options);
    const state = this.state;
    const reader = control === undefined ? this.#reader : this.#controlled(control);
    return stream(reader, state, requireSize(state, "batch", options?.batch ?? 500));
  }
  explain(options?: unknown): Promise<unknown> {
    return this.#run(explainQuery, options);
  }
  toSQL(): unknown {
    return describeQuery(this.#reader.session.core, this.state);
  }

  insert(data: unknown, options?: unknown): Promise<object> {
    return this.#run((reader, state): Awaitable<object> => {
      if (!namesRelation(state.entry, data)) return insertOne(reader, state, data);
      return trees([data], (part, given) => part.insertOneTree(reader, state, given));
    }, options);
  }
  insertMany(rows: unknown, options?: unknown): Promise<object[]> {
    return this.#run((reader, state): Awaitable<object[]> => {
      const isTree = Array.isArray(rows) && rows.some((data) => namesRelation(state.entry, data));
      if (!isTree) return insertMany(reader, state, rows);
      return trees([rows], (part, given) => part.insertTrees(reader, state, given));
    }, options);
  }
  upsert(data: unknown, how: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) => upserts([data, how], (part, first, second) => part.upsertOne(reader, state, first, second)),
      options,
    );
  }
  upsertMany(rows: unknown, how: unknown, options?: unknown): Promise<object[]> {
    return this.#run(
      (reader, state) => upserts([rows, how], (part, first, second) => part.upsertMany(reader, state, first, second)),
      options,
    );
  }
  update(values: unknown, options?: unknown): Promise<WriteResult> {
    return this.#run((reader, state) => updateRows(reader, state, values), options);
  }
  delete(options?: unknown): Promise<WriteResult> {
    return this.#run(
      (reader, state) => (state.entry.info.softDelete === undefined ? removeRows : softDeleteRows)(reader, state),
      options,
    );
  }
  softDelete(options?: unknown): Promise<WriteResult> {
    return this.#run(softDeleteRows, options);
  }
  restore(options?: unknown): Promise<WriteResult> {
    return this.#run(restoreRows, options);
  }
  forceDelete(options?: unknown): Promise<WriteResult> {
    return this.#run(removeRows, options);
  }

  #step(operator: "+" | "-", column: unknown, amount: unknown, extra: unknown, options: unknown): Promise<WriteResult> {
    return this.#run((reader, state) => {
      const { info } = state.entry;
      const found = requireColumn(info, column);
      if (!isNumeric(found)) {
        throw new InvalidQueryError(`Column "${found.property}" of model "${info.table}" holds no number to add to.`, {
          model: info.table,
          column: found.property,
        });
      }
      if (!["number", "bigint", "string"].includes(typeof amount)) {
        throw new InvalidValueError(`Column "${found.property}" can only be changed by a number.`, {
          model: info.table,
          column: found.property,
        });
      }
      return incrementColumn(reader, state, found, { operator, amount }, extra);
    }, options);
  }
  increment(column: unknown, by: unknown = 1, extra?: unknown, options?: unknown): Promise<WriteResult> {
    return this.#step("+", column, by, extra, options);
  }
  decrement(column: unknown, by: unknown = 1, extra?: unknown, options?: unknown): Promise<WriteResult> {
    return this.#step("-", column, by, extra, options);
  }

  firstOrCreate(search: unknown, values?: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) =>
        searches([search, values], (part, first, second) => part.firstOrCreate(reader, state, first, second)),
      options,
    );
  }
  updateOrCreate(search: unknown, values?: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) =>
        searches([search, values], (part, first, second) => part.updateOrCreate(reader, state, first, second)),
      options,
    );
  }
  firstOrNew(search: unknown, values?: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) =>
        searches([search, values], (part, first, second) => part.firstOrNew(reader, state, first, second)),
      options,
    );
  }
  truncate(options?: unknown): Promise<void> {
    return this.#run(truncateTable, options);
  }
}

/** The way of a session's queries to their rows. */
export function readerOn(session: Session): Reader {
  const reader: Reader = { session, draft: (state) => new QueryBuilder(reader, state, true) };
  return reader;
}

function firstOrNull(rows: readonly object[]): object | null {
  return rows[0] ?? null;
}

/** The parts of a union select alike, so that one column of it is read from whole rows. */
function requireSelected(state: QueryState, column: unknown): QueryState {
  if (state.picked === undefined || state.picked.some(({ property }) => property === column))
    return { ...state, loads: [] };
  throw new InvalidQueryError(`The combined queries do not select ${shown(column)}.`, {
    model: state.entry.info.table,
  });
}

function requireGiven(column: unknown, method: string): unknown {
  if (column !== undefined) return column;
  throw new InvalidQueryError(`${method} needs a column.`);
}
