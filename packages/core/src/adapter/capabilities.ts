import type { ColumnKind } from "../model/column-type.ts";
import type { JoinType } from "../operation/statement.ts";

/** How a relation is loaded: by a statement of its own, or inside the rows of its parents as one value or by a stage of theirs. */
export type RelationStrategy = "separate" | "json" | "lookup";

/**
 * What an adapter can do, as data. Core and the builders read it; nothing ever asks for an adapter's name.
 *
 * `false` or a missing entry makes the builder refuse the call by name before any I/O.
 */
export interface Capabilities {
  /** What writes give back: whole rows; rows of inserts only; the counted key of one inserted row; nothing. */
  readonly returning: "rows" | "insertedRows" | "ids" | "none";
  /** Whether connections tell `insertFacts`: then rows that are stored as they were given are not read from the database. */
  readonly insertFacts?: boolean;
  /** Where writes give ids: the first key that the engine counted in its last insert, in its own words. */
  readonly firstCounted?: string;
  /** Whether an upsert names the key that decides; else its statement fails when another unique key is hit. */
  readonly conflictTarget: boolean;
  /** Ways to load a relation; `separate` always works. */
  readonly relations: readonly RelationStrategy[];
  /** The way that is taken when nobody names one, as measured: for relations that give one row, and for lists. */
  readonly relationStrategy: { readonly toOne: RelationStrategy; readonly toMany: RelationStrategy };
  /** Whether a relation inside its parent's row may have columns whose type only the database knows. */
  readonly untypedInRelations: boolean;
  /** Whether a relation inside a row of another relation may have subqueries: filters and counts by relations of its own. */
  readonly subqueriesInRelations: boolean;
  readonly joins: readonly JoinType[];
  /** Whether a table without a model may be joined, by its name in the database. */
  readonly joinsByName: boolean;
  /** Whether the entries of a list in a row are reached one by one: relations by a list of keys, lists changed by an update. */
  readonly listEntries: boolean;
  readonly rowLocks: boolean;
  readonly distinctOn: boolean;
  readonly commonTables: boolean;
  readonly setOperations: readonly ("union" | "unionAll" | "intersect" | "except")[];
  readonly fullText: boolean;
  readonly regexp: boolean;
  /** Raw text in queries, `db.raw`. */
  readonly raw: boolean;
  readonly transactions: boolean;
  /** Whether a statement that writes many rows happens whole or not at all, without a transaction around it. */
  readonly atomicStatements: boolean;
  readonly savepoints: boolean;
  /** How often a transaction runs again after it met another one, where nobody says: 0 where engines let writers wait instead. */
  readonly transactionRetries: number;
  readonly isolation: readonly string[];
  /** Column kinds the engine can hold. */
  readonly columns: readonly ColumnKind[];
  /** How long the name of a table or column may be; absent where there is no limit. */
  readonly longestName?: { readonly length: number; readonly unit: "bytes" | "characters" };
  /** Within what the names of indexes have to differ; `"namespace"` when absent. */
  readonly indexNames?: "namespace" | "table";
  /** How many parameters one statement may carry; bulk inserts are cut to fit. */
  readonly maxParameters: number;
  /** How many rows one bulk insert statement best carries; 1 where a prepared statement run again is faster. */
  readonly rowsPerInsert: number;
  readonly explain: boolean;
}
