import { NPlusOneError } from "../errors/errors.ts";
import type { TransactionScope } from "./transaction-scope.ts";

export const nPlusOneModes = ["off", "warn", "error", "batch"] as const;
/** What is done about relations that are loaded row by row. */
export type NPlusOne = (typeof nPlusOneModes)[number];

/** One relation loaded for one row. */
export interface LoneLoad {
  readonly row: object;
  /** Equal for loads that differ in nothing but their row. */
  readonly shape: unknown;
  readonly model: string;
  readonly relation: string;
}

/** From this many rows of one scope on, the same load is row by row; of two rows that were read together, both are enough. */
const threshold = 3;

/** Rows that were read together, or a transaction. */
type Scope = readonly object[] | TransactionScope;

/**
 * Notices that a relation is loaded row by row. Its scope is the list that the row was read with, whoever loads and whenever; for a row
 * that was read alone, the transaction around the load. So calls that run side by side are never taken for one another.
 */
export class LoadGuard {
  readonly #mode: "warn" | "error";
  readonly #lists = new WeakMap<object, readonly object[]>();
  readonly #seen = new WeakMap<Scope, Map<unknown, Set<object>>>();

  constructor(mode: "warn" | "error") {
    this.#mode = mode;
  }

  /** Remembers which rows were read together. */
  readTogether(rows: readonly object[]): void {
    if (rows.length < 2) return;
    for (const row of rows) this.#lists.set(row, rows);
  }

  /** Counts a load of one row; acts when its scope has had too many. */
  notice({ row, shape, model, relation }: LoneLoad, transaction: TransactionScope | undefined): void {
    const list = this.#lists.get(row);
    const scope = list ?? transaction;
    if (scope === undefined) return;
    const rows = this.#rowsOf(scope, shape);
    if (rows.has(row)) return;
    rows.add(row);
    const most = Math.min(threshold, list?.length ?? threshold);
    if (rows.size < most || (this.#mode === "warn" && rows.size > most)) return;
    const message =
      `The relation "${relation}" of model "${model}" is loaded row by row: ${rows.size} rows of one ` +
      `${list === undefined ? "transaction" : `list of ${list.length}`} had a statement each. ` +
      `Load it for all of them with load("${relation}") on the query, or with db.loadInto(rows, "${relation}").`;
    if (this.#mode === "error") throw new NPlusOneError(message, { model });
    console.warn(message);
  }

  #rowsOf(scope: Scope, shape: unknown): Set<object> {
    let shapes = this.#seen.get(scope);
    if (shapes === undefined) this.#seen.set(scope, (shapes = new Map()));
    let rows = shapes.get(shape);
    if (rows === undefined) shapes.set(shape, (rows = new Set()));
    return rows;
  }
}
