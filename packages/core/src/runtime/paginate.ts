import { InvalidValueError } from "../errors/errors.ts";
import type { QueryState } from "../query/query-state.ts";
import type { Page, SimplePage } from "../types/query.ts";
import { fetchAggregate } from "./aggregate.ts";
import { runAfterFetch } from "./after-fetch.ts";
import { fetchRows, fetchVariant, plain } from "./fetch-rows.ts";
import type { Reader } from "./reader.ts";

/** A part of a query's rows: so many after so many. */
function slice(state: QueryState, limit: number, offset: number): QueryState {
  const { values } = state;
  return {
    ...state,
    key: `${state.key}lO`,
    values: [...values, limit, offset],
    limit: values.length,
    offset: values.length + 1,
  };
}

/** What the caller says of a page. */
export function pageRequest(state: QueryState, request: unknown): object {
  if (typeof request === "object" && request !== null) return request;
  throw new InvalidValueError("A page is asked for with an object, as in { page: 2, perPage: 20 }.", {
    model: state.entry.info.table,
  });
}

/** A page number or size of the caller, checked. */
export function pageNumber(state: QueryState, request: unknown, name: string, fallback: number): number {
  const value: unknown = Reflect.get(pageRequest(state, request), name) ?? fallback;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidValueError(`"${name}" of a page must be a whole number, 1 or more.`, {
    model: state.entry.info.table,
  });
}

/** A page with the total number of rows: two statements. */
export async function paginate(reader: Reader, state: QueryState, request: object): Promise<Page<object>> {
  const perPage = pageNumber(state, request, "perPage", 15);
  const currentPage = pageNumber(state, request, "page", 1);
  const unpaged = { ...state, limit: undefined, offset: undefined, key: `${state.key}\np` };
  const total = Number(await fetchAggregate(reader, unpaged, "count", undefined));
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const start = (currentPage - 1) * perPage;
  const data = start >= total ? [] : [...(await fetchRows(reader, slice(unpaged, perPage, start)))];
  return {
    data,
    meta: {
      total,
      perPage,
      currentPage,
      lastPage,
      firstPage: 1,
      from: data.length === 0 ? null : start + 1,
      to: data.length === 0 ? null : start + data.length,
      hasMorePages: currentPage < lastPage,
      hasPages: lastPage > 1,
      isEmpty: total === 0,
    },
  };
}

/** A page without the total: one statement that looks one row ahead. */
export async function simplePaginate(reader: Reader, state: QueryState, request: object): Promise<SimplePage<object>> {
  const perPage = pageNumber(state, request, "perPage", 15);
  const currentPage = pageNumber(state, request, "page", 1);
  const ahead = slice(state, perPage + 1, (currentPage - 1) * perPage);
  const { rows } = await fetchVariant(reader, ahead, plain);
  return {
    data: [...(await runAfterFetch(state, rows.slice(0, perPage)))],
    meta: { perPage, currentPage, hasMorePages: rows.length > perPage },
  };
}
