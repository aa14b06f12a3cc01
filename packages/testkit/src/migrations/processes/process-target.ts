import type { OpenAdapter } from "../../suite.ts";

/** An engine whose databases other processes can open. */
export interface ProcessTarget {
  readonly name: string;
  /** A file that calls `runOrders` with the adapter of a place. */
  readonly script: string;
  /** Rows of the table that migrations copy: many where only the length of a statement gives time to die in it. */
  readonly rows: number;
  shared(): Promise<ProcessDatabase>;
}

export interface ProcessDatabase {
  /** How the script finds the database. */
  readonly place: string;
  readonly open: OpenAdapter;
  /** Makes statements on a table wait on the server; absent where statements run in the process that sends them. */
  readonly hold?: (table: string, against: "reads" | "writes") => Promise<HeldTable>;
  remove(): unknown;
}

/** A table that another session has locked. */
export interface HeldTable {
  /** Whether a statement waits for it. */
  isAwaited(): Promise<boolean>;
  /** Lets go of it; what waits goes on, whether its client lives or not. */
  release(): Promise<void>;
}
