import type { Database, Transaction } from "@mortise/core";

/** The part of the public API that programs use, for models that are made at run time and so have no types of their own. */
export interface LooseQuery {
  where(...given: unknown[]): LooseQuery;
  orWhere(...given: unknown[]): LooseQuery;
  whereNot(...given: unknown[]): LooseQuery;
  orWhereNot(...given: unknown[]): LooseQuery;
  orderBy(column: string, direction: string, options: object): LooseQuery;
  limit(count: number): LooseQuery;
  offset(count: number): LooseQuery;
  select(...columns: string[]): LooseQuery;
  distinct(): LooseQuery;
  withTrashed(): LooseQuery;
  onlyTrashed(): LooseQuery;
  load(relation: string, build: (query: LooseQuery) => unknown, options: object): LooseQuery;
  groupBy(...columns: string[]): LooseQuery;
  having(name: string, operator: string, value: unknown): LooseQuery;
  orHaving(name: string, operator: string, value: unknown): LooseQuery;
  selectCount(as: string): LooseQuery;
  unfiltered(): LooseQuery;
  returning(): LooseQuery;
  many(): Promise<unknown>;
  plain(): Promise<unknown>;
  one(): Promise<unknown>;
  sole(): Promise<unknown>;
  stream(options: object): AsyncIterable<unknown>;
  find(key: unknown): Promise<unknown>;
  findMany(keys: readonly unknown[]): Promise<unknown>;
  exists(): Promise<unknown>;
  pluck(column: string): Promise<unknown>;
  paginate(request: object): Promise<LoosePage>;
  simplePaginate(request: object): Promise<LoosePage>;
  cursorPaginate(request: object): Promise<LoosePage>;
  insert(row: object): Promise<unknown>;
  insertMany(rows: readonly object[]): Promise<unknown>;
  upsert(row: object, how: object): Promise<unknown>;
  firstOrCreate(search: object, values: object): Promise<unknown>;
  updateOrCreate(search: object, values: object): Promise<unknown>;
  update(values: object): Promise<unknown>;
  increment(column: string, by: unknown): Promise<unknown>;
  delete(): Promise<unknown>;
  softDelete(): Promise<unknown>;
  restore(): Promise<unknown>;
  forceDelete(): Promise<unknown>;
}

interface LoosePage {
  readonly data: readonly unknown[];
  readonly meta: Readonly<Record<string, unknown>>;
}

/** A handle or transaction on a schema that is made at run time. */
export interface LooseDatabase {
  from(model: object): LooseQuery;
  transaction<T>(body: (tx: LooseDatabase) => Promise<T>): Promise<T>;
}

/** The builder has every one of these methods; which columns they take is only known at run time here. */
export function looseDatabase<R>(db: Database<R> | Transaction<R>): LooseDatabase {
  return db as unknown as LooseDatabase;
}

/** Calls one of the methods whose names are put together from what a program says: `orWhereNotIn`, `withSum`. */
export function call(query: LooseQuery, method: string, ...given: readonly unknown[]): LooseQuery {
  const found: unknown = Reflect.get(query, method);
  if (typeof found !== "function") throw new TypeError(`A query has no method "${method}".`);
  return Reflect.apply(found, query, given) as LooseQuery;
}
