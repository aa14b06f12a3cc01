import type { SelectStatement, Source } from "../operation/statement.ts";

/** What a plain query has beside its source. */
type Parts = Pick<SelectStatement, "selections"> & Partial<Pick<SelectStatement, "where" | "orderBy">>;

/** A query with nothing but a source, its columns, a filter and an order. */
export function selectFrom(from: Source, parts: Parts): SelectStatement {
  return {
    kind: "select",
    with: [],
    from,
    joins: [],
    distinct: false,
    distinctOn: [],
    where: undefined,
    groupBy: [],
    having: undefined,
    setOperations: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    lock: undefined,
    ...parts,
  };
}

/** The rows of a query as a source: `from (query) as alias`. */
export function derived(query: SelectStatement, alias: string): Source {
  return { kind: "derived", query, alias };
}
