import type { NewNote } from "../../workloads/inputs.ts";

/** Runs a statement with the values of its question marks, on a pool or on the connection of a transaction. */
export type Run<On, Result> = (on: On, ...values: unknown[]) => Promise<Result>;

/** A row of notes as it was stored. */
export interface Note extends NewNote {
  readonly id: number;
}

/** A driver as hand-written code uses it; `On` is what runs a statement. */
export interface Server<On> {
  readonly pool: On;
  /** Around a name that the database would else read in small letters. */
  readonly quote: string;
  /** The rows of a select. */
  readonly rows: <Row>(sql: string) => Run<On, readonly Row[]>;
  /** The rows of a select that has `:list` where a condition on one of many keys stands. */
  readonly rowsOfList: <Row>(sql: string) => (on: On, keys: readonly number[]) => Promise<readonly Row[]>;
  /** How many rows a statement changed. */
  readonly change: (sql: string) => Run<On, number>;
  /** Inserts so many notes by one statement. */
  readonly insert: (count: number) => (on: On, notes: readonly NewNote[]) => Promise<readonly Note[]>;
  readonly transaction: <T>(body: (on: On) => Promise<T>) => Promise<T>;
  readonly exec: (sql: string) => unknown;
  readonly close: () => unknown;
  /** What the driver leaves to do for a row, in place; `undefined` where that is nothing. */
  readonly finish: {
    readonly user: ((row: User) => User) | undefined;
    readonly wide: ((row: object) => object) | undefined;
    readonly group: ((row: object) => object) | undefined;
  };
}

export interface User {
  readonly id: number;
  isActive: unknown;
}
