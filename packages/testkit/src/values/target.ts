import type { OpenAdapter } from "../suite.ts";

/** An engine under test. */
export interface Target {
  readonly name: string;
  /** Gives an adapter on an empty database of its own. */
  readonly open: OpenAdapter;
  /** What the engine cannot do, by the names of value cases and of tests about sums and refusals; each with the reason. */
  readonly exclusions?: Readonly<Record<string, string>>;
  /** Whether a check has no name in the database: it is replaced only where what the schema does not name is dropped. */
  readonly namelessChecks?: true;
  /** How many digits decimals may have so that sums of a dozen of them are exact; 38 unless said otherwise. */
  readonly digits?: number;
  /** Keys of JSON documents that the engine finds nothing under, so that they are refused in paths. */
  readonly unreachableKeys?: RegExp;
  /** Keys of JSON documents that are refused when they are written. */
  readonly refusedKeys?: RegExp;
  /** A database that several handles open. */
  shared(): SharedDatabase | Promise<SharedDatabase>;
}

/** Every adapter of it opens the same database. */
export interface SharedDatabase {
  readonly open: OpenAdapter;
  remove(): unknown;
}
