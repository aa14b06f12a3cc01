/** Things in a database that no model names, on one engine. */
export interface Extras {
  /** The statements that put them on a table and beside it. */
  readonly make: (table: string) => readonly string[];
  /** A query of its own that tells what is there of them, one row each, in an order. */
  readonly fingerprint: string;
  /** How many rows it gives at least. */
  readonly count: number;
}
