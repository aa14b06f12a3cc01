import type { AggregateName } from "../operation/expression.ts";
import type { Awaitable, ExecuteControl } from "../adapter/adapter.ts";
import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { fetchAggregate, fetchExists } from "../runtime/aggregate.ts";
import { after, settle } from "../runtime/awaitable.ts";
import { chunk, requireSize, stream } from "../runtime/chunk.ts";
import { cursorPaginate } from "../runtime/cursor-paginate.ts";
import { executeControl } from "../runtime/execute-control.ts";
import { describeQuery, explainQuery } from "../runtime/explain.ts";
import { fetchRows } from "../runtime/fetch-rows.ts";
import type { Reader } from "../runtime/reader.ts";
import { firstOrCreate, firstOrNew, updateOrCreate } from "../runtime/first-or-create.ts";
import { insertMany, insertOne } from "../runtime/insert.ts";
import { paginate, simplePaginate } from "../runtime/paginate.ts";
import { fetchOne, fetchSole, requireRow, toPlain, withKey, withKeys } from "../runtime/read.ts";
import type { Session } from "../runtime/session.ts";
import { truncateTable } from "../runtime/truncate.ts";
import { upsertMany, upsertOne } from "../runtime/upsert.ts";
import {
  incrementColumn,
  removeRows,
  restoreRows,
  softDeleteRows,
  updateRows,
  type WriteResult,
} from "../runtime/write.ts";
import type { Builder } from "./builder.ts";
import type { QueryState } from "./query-state.ts";
import { requireColumn } from "../model/require-column.ts";
import { resolveColumn } from "./resolve-column.ts";
import { ShapeBuilder } from "./shape-builder.ts";

/** A query and its terminals as they run; `Query` in `types/query.ts` is what callers see. */
export class QueryBuilder extends ShapeBuilder {
  readonly #session: Session;

  constructor(session: Session, state: QueryState, draft = false) {
    super(state, draft);
    this.#session = session;
  }

  protected derive(state: QueryState): this {
    return new QueryBuilder(this.#session, state) as this;
  }

  protected draft(state: QueryState): QueryBuilder {
    return new QueryBuilder(this.#session, state, true);
  }

  get #reader(): Reader {
    return { session: this.#session, draft: (state): Builder => this.draft(state) };
  }

  #controlled(control: ExecuteControl): Reader {
    return { ...this.#reader, session: this.#session.controlled(control) };
  }

  /** Runs a terminal: one promise, and whatever is thrown is its rejection. */
  #run<T>(body: (reader: Reader, state: QueryState) => Awaitable<T>, options?: unknown): Promise<T> {
    return settle(() => {
      const state = this.state;
      if (this.isDraft) {
        throw new InvalidQueryError(
          `A query of model "${state.entry.info.table}" was run inside the callback that builds it. Run the outer query instead.`,
          { model: state.entry.info.table },
        );
      }
      const control = executeControl(options);
      return body(control === undefined ? this.#reader : this.#controlled(control), state);
    });
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
    return this.#run((reader, state) => after(fetchRows(reader, withKey(state, key)), firstOrNull), options);
  }
  findOrFail(key: unknown, options?: unknown): Promise<object> {
    return this.#run(
      (reader, state) => after(fetchRows(reader, withKey(state, key)), (rows) => requireRow(state, firstOrNull(rows))),
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
    return this.#run((reader, state) => cursorPaginate(reader, state, request), options);
  }
  chunk(size: unknown, callback: unknown, options?: unknown): Promise<void> {
    return this.#run((reader, state) => chunk(reader, state, size, callback), options);
  }
  chunkById(size: unknown, callback: unknown, options?: unknown): Promise<void> {
    return this.#run(
      (reader, state) => chunk(reader, { ...state, orderBy: [], key: `${state.key}oI` }, size, callback),
      options,
    );
  }
  stream(options: { readonly batch?: unknown } = {}): AsyncIterableIterator<object> {
    const control = executeControl(options);
    const state = this.state;
    const reader = control === undefined ? this.#reader : this.#controlled(control);
    return stream(reader, state, requireSize(state, "batch", options.batch ?? 500));
  }
  explain(options?: unknown): Promise<unknown> {
    return this.#run(explainQuery, options);
  }
  toSQL(): unknown {
    return describeQuery(this.#session.core, this.state);
  }

  insert(data: unknown, options?: unknown): Promise<object> {
    return this.#run((reader, state) => insertOne(reader, state, data), options);
  }
  insertMany(rows: unknown, options?: unknown): Promise<object[]> {
    return this.#run((reader, state) => insertMany(reader, state, rows), options);
  }
  upsert(data: unknown, how: unknown, options?: unknown): Promise<object> {
    return this.#run((reader, state) => upsertOne(reader, state, data, how), options);
  }
  upsertMany(rows: unknown, how: unknown, options?: unknown): Promise<object[]> {
    return this.#run((reader, state) => upsertMany(reader, state, rows, how), options);
  }
  update(values: unknown, options?: unknown): Promise<WriteResult> {
    return this.#run((reader, state) => updateRows(reader, state, values), options);
  }
  delete(options?: unknown): Promise<WriteResult> {
    const { softDelete } = this.state.entry.info;
    return softDelete === undefined ? this.forceDelete(options) : this.softDelete(options);
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
    return this.#run((reader, state) => firstOrCreate(reader, state, search, values), options);
  }
  updateOrCreate(search: unknown, values?: unknown, options?: unknown): Promise<object> {
    return this.#run((reader, state) => updateOrCreate(reader, state, search, values), options);
  }
  firstOrNew(search: unknown, values?: unknown, options?: unknown): Promise<object> {
    return this.#run((reader, state) => firstOrNew(reader, state, search, values), options);
  }
  truncate(options?: unknown): Promise<void> {
    return this.#run(truncateTable, options);
  }
}

function firstOrNull(rows: readonly object[]): object | null {
  return rows[0] ?? null;
}

function requireGiven(column: unknown, method: string): unknown {
  if (column !== undefined) return column;
  throw new InvalidQueryError(`${method} needs a column.`);
}
