import type { OpenAdapter } from "../suite.ts";

/** An engine under test. */
export interface Target {
  readonly name: string;
  /** Gives an adapter on an empty database of its own. */
  readonly open: OpenAdapter;
  /** Column types, by the names of their value cases, that the engine cannot hold whole; each with the reason. */
  readonly exclusions?: Readonly<Record<string, string>>;
  /** Keys of JSON documents that the engine finds nothing under, so that they are refused in paths. */
  readonly unreachableKeys?: RegExp;
  /** A database that several handles open. */
  shared(): SharedDatabase | Promise<SharedDatabase>;
}

/** Every adapter of it opens the same database. */
export interface SharedDatabase {
  readonly open: OpenAdapter;
  remove(): unknown;
}
