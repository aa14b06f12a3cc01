import type { OpenAdapter } from "../../suite.ts";
import type { MigrationKind } from "./migration-folder.ts";

/** An engine whose databases other processes can open. */
export interface ProcessTarget {
  readonly name: string;
  /** A file that calls `runOrders` with the adapter of a place. */
  readonly script: string;
  /** Rows of the table that migrations copy: many where only the length of a statement gives time to die in it. */
  readonly rows: number;
  /** What the migrations do in turn; statements of SQL unless said otherwise. */
  readonly kinds?: readonly MigrationKind[];
  /** Whether the lock of migrators outlives its holder: it is broken then when a process was killed under it. */
  readonly lockStays?: boolean;
  shared(): Promise<ProcessDatabase>;
}

export interface ProcessDatabase {
  /** How the script finds the database. */
  readonly place: string;
  readonly open: OpenAdapter;
  /** Makes statements on a table wait on the server; absent where statements run in the process that sends them. */
  readonly hold?: (table: string, against: "reads" | "writes") => Promise<HeldTable>;
  /** Absent where rows are written and counted in SQL. */
  readonly rows?: OwnRows;
  remove(): unknown;
}

/** The rows of a database that knows no SQL. */
export interface OwnRows {
  /** Makes the table that migrations copy from, with so many rows. */
  makeGate(count: number): Promise<void>;
  /** Puts rows into the first of the schemas that are pushed. */
  fillPushed(): Promise<void>;
  /** What a table holds, equal for tables that hold the same. */
  describe(table: string): Promise<string>;
}

/** A table that another session has locked. */
export interface HeldTable {
  /** Whether a statement waits for it. */
  isAwaited(): Promise<boolean>;
  /** Lets go of it; what waits goes on, whether its client lives or not. */
  release(): Promise<void>;
}
