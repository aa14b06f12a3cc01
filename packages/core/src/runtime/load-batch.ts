import type { QueryState } from "../query/query-state.ts";
import { runLoads } from "./load-into.ts";
import type { Reader } from "./reader.ts";
import type { TransactionScope } from "./transaction-scope.ts";

/** Relations to load into one row. */
interface Waiting {
  readonly reader: Reader;
  readonly row: object;
  readonly state: QueryState;
  readonly transaction: TransactionScope | undefined;
}

/** Loads that differ in nothing but their row, and run as one. */
interface Joined extends Waiting {
  readonly rows: Set<object>;
  readonly done: Promise<void>;
}

/** Joins the loads of single rows that are issued in one tick: the same relation and the same conditions take one statement. */
export class LoadBatch {
  #open: Joined[] = [];

  add(waiting: Waiting): Promise<void> {
    const joined = this.#open.find((one) => isSameLoad(one, waiting));
    if (joined !== undefined) {
      joined.rows.add(waiting.row);
      return joined.done;
    }
    const rows = new Set([waiting.row]);
    const done = endOfTick().then(() => {
      this.#open = this.#open.filter((one) => one.rows !== rows);
      return runLoads(waiting.reader, [...rows], waiting.state);
    });
    this.#open.push({ ...waiting, rows, done });
    return done;
  }
}

/** Callers that a promise woke side by side are given the time to come along. */
async function endOfTick(): Promise<void> {
  for (let hop = 0; hop < 3; hop += 1) await Promise.resolve();
}

function isSameLoad(one: Waiting, other: Waiting): boolean {
  if (one.transaction !== other.transaction || one.reader.session.control !== other.reader.session.control)
    return false;
  const [mine, others] = [one.state.loads, other.state.loads];
  return (
    one.state.entry === other.state.entry &&
    mine.length === others.length &&
    mine.every(({ relation, query }, at) => relation === others[at]?.relation && isSameQuery(query, others[at].query))
  );
}

/** Equal keys mean equal statements; the values must be the same too, and those of what is loaded below. */
function isSameQuery(one: QueryState, other: QueryState): boolean {
  return (
    one.key === other.key &&
    one.values.every((value, at) => Object.is(value, other.values[at])) &&
    one.loads.every(({ query }, at) => {
      const below = other.loads[at];
      return below !== undefined && isSameQuery(query, below.query);
    })
  );
}
