import type { OpenAdapter } from "../suite.ts";

/** An engine under test. */
export interface Target {
  readonly name: string;
  /** Gives an adapter on an empty database of its own. */
  readonly open: OpenAdapter;
  /** A database that several handles open. */
  shared(): SharedDatabase | Promise<SharedDatabase>;
}

/** Every adapter of it opens the same database. */
export interface SharedDatabase {
  readonly open: OpenAdapter;
  remove(): unknown;
}
