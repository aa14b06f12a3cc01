import type { Adapter } from "@mortise/core/adapter";

/** An engine under test. */
export interface Target {
  readonly name: string;
  /** The adapter of an empty database of its own, gone with its handle. */
  adapter(): Adapter<never>;
  /** A database that several handles open. */
  shared(): SharedDatabase;
}

/** Every adapter of it opens the same database. */
export interface SharedDatabase {
  adapter(): Adapter<never>;
  remove(): void;
}
