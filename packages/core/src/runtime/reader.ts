import type { Awaitable } from "../adapter/adapter.ts";
import type { Variant } from "../plan/plan-rows.ts";
import type { RowLayout } from "../plan/row-layout.ts";
import type { QueryState } from "../query/query-state.ts";
import type { DraftMaker } from "../query/relation-query.ts";
import type { Session } from "./session.ts";

/** What a read needs beside its query. */
export interface Reader {
  readonly session: Session;
  readonly draft: DraftMaker;
}

/** Rows with the driver's rows they came from, whose further columns are undecoded. */
export interface Fetched {
  readonly rows: readonly object[];
  readonly raw: readonly unknown[][];
  readonly plan: RowLayout;
}

/** Reads rows up to, but without, `afterFetch`. */
export type Fetch = (reader: Reader, state: QueryState, variant: Variant) => Awaitable<Fetched>;
