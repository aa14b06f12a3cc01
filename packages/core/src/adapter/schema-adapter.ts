import type { ColumnType } from "../model/column-type.ts";
import type { Change } from "../state/change.ts";
import type { ColumnState, SchemaState, TableState } from "../state/schema-state.ts";
import type { ReferenceAction } from "../model/model-info.ts";
import type { JournalStore } from "./journal.ts";

/** Which part of a database is looked at. */
export interface Scope {
  /** Namespaces (schemas on PostgreSQL, databases on MySQL); empty means the connection's own. */
  readonly namespaces: readonly string[];
}

/** Why an adapter refuses a change: a sentence with the way out. */
export interface Unsupported {
  readonly reason: string;
}

/** The rows that a change puts at risk: those of the table that a condition finds, or those that stand twice. */
export interface RowProbe {
  readonly table: string;
  readonly namespace: string | undefined;
  readonly rows:
    | { readonly of: "all" }
    | { readonly of: "null" | "notNull"; readonly column: string }
    | { readonly of: "value"; readonly column: string; readonly value: string }
    | { readonly of: "duplicates"; readonly columns: readonly string[] };
}

/** What becomes of the values when the type of a column changes; `rewrite` keeps them and writes every row anew. */
export type TypeChange = "widening" | "rewrite" | "lossy";

/** A logical type with what its values are in TypeScript, where the type does not tell. */
export interface SaidType {
  readonly type: ColumnType;
  readonly value?: string;
}

/** What a change does to others who use the database meanwhile. */
export interface LockWarning {
  /** Stable, for tools: `index-blocks-writes`. */
  readonly code: string;
  readonly message: string;
  /** The safe form. */
  readonly advice: string;
}

/** How long a migrator waits. */
export interface LockOptions {
  /** In milliseconds: for another migrator, and for each lock that a statement needs. The engine's own patience unless said. */
  readonly lockTimeout?: number | undefined;
}

/**
 * How one database is inspected and changed. Its own entry point (`/migration`), never loaded by an application's queries.
 *
 * What `run` and `inspect` throw is a `MortiseError`; the driver's error is its cause.
 */
export interface SchemaAdapter<Statement = unknown> {
  readonly name: string;
  /** Set where every statement commits by itself, so that an error leaves what was done before it. */
  readonly stepsCommit?: boolean;
  /** Set where what runs under `lock` is one transaction, whether `atomic` is asked for or not. */
  readonly lockIsTransaction?: boolean;
  /** Set where rows may have values in a column before it is added, so that only `ready` can tell which have none. */
  readonly openColumns?: boolean;
  inspect(scope: Scope): Promise<SchemaState>;
  /** The database's own normal form of a state, so that equal things compare equal. Applied twice it changes nothing more. */
  normalise(state: SchemaState): Promise<SchemaState>;
  /**
   * How a model may say the type of a column that inspection found, best first: `pull` takes the first that comes out as the same type again.
   * The last is in the database's own words. Without this, nothing can be pulled.
   */
  readonly typesOf?: (column: ColumnState, table: TableState, state: SchemaState) => readonly SaidType[];
  /** Two names with the same fold are one object to the database: `Users` and `users` where case does not count. */
  readonly foldName: (name: string) => string;
  /** Two actions of foreign keys with the same fold do the same. */
  readonly foldAction?: (action: ReferenceAction) => ReferenceAction;
  /** An expression in normal form after a column that it may use got another name. */
  renameIn(expression: string, from: string, to: string): string;
  /** Pure: whether this kind of change can be made at all. What only the data can tell comes as an error of `run`. */
  supports(change: Change): true | Unsupported;
  /** Replaces changes that the engine can only make in another way, as the database is now. */
  rewrite?(changes: readonly Change[], actual: SchemaState): readonly Change[];
  /**
   * Replaces changes by those that let others read and write meanwhile, as far as the engine has such forms; they are marked as `online`.
   * Absent where there is no difference.
   */
  online?(changes: readonly Change[], actual: SchemaState): readonly Change[];
  /**
   * Looks whether the data allows the changes, before the first of them is made, and throws a sentence where it does not. For engines that
   * take new rules whatever the data is; absent where a statement of the change itself is refused.
   */
  ready?(changes: readonly Change[]): Promise<void>;
  render(change: Change): readonly Statement[];
  /** The check that a column's values match a regular expression, in the engine's own words; absent where it has none. */
  readonly patternCheck?: (column: string, pattern: string) => string;
  /** Whether a change cannot share a transaction with what follows: it is made and committed before. */
  readonly isAlone?: (change: Change) => boolean;
  /** What becomes of the values of a column whose declared type changes. */
  typeChange(from: ColumnState, to: ColumnState): TypeChange;
  /** What a change to a table that is in use makes others wait for. */
  locks(change: Change): readonly LockWarning[];
  /** Whether a change waits for everybody who uses its table, so that all who come later wait behind it. Absent: none does. */
  readonly waits?: (change: Change) => boolean;
  countRows(probe: RowProbe): Promise<number>;
  /** What people call the database: the name that one types before its tables are dropped. */
  databaseName?(): Promise<string>;
  readonly journal: JournalStore;
  /** The statements of a script, as `run` takes them. */
  script(text: string): readonly Statement[];
  /** Whether a statement, given as text, takes rows or values away; by the words of SQL where this is absent. */
  readonly takesAway?: (statement: string) => boolean;
  /** The text of a statement, for plans and logs. */
  describe(statement: Statement): string;
  run(statement: Statement): Promise<void>;
  /** Runs a body in one transaction where the engine's DDL allows it: an error then leaves nothing behind. */
  atomic<T>(body: (inside: SchemaAdapter<Statement>) => Promise<T>): Promise<T>;
  /**
   * Runs a body that changes rows alone in one transaction on this connection, where `atomic` is none since DDL commits: a statement of a
   * migration and its line in the journal are then made together or not at all.
   */
  readonly rowsAtomic?: (body: () => Promise<void>) => Promise<void>;
  /**
   * Runs the body alone among all migrators of this database. `held` is this adapter on the connection that holds the lock; the body
   * uses no other.
   */
  lock<T>(name: string, body: (held: SchemaAdapter<Statement>) => Promise<T>, options?: LockOptions): Promise<T>;
  /** Who holds the lock, as a sentence for a person with the way to end it; nothing where nobody does. */
  holder?(name: string): Promise<string | undefined>;
  /** Where to look for who holds a table, as a sentence. */
  readonly lockHint?: string;
  /** Takes the lock from whoever holds it, where it can outlive its holder; tells whether there was one. Absent where it cannot. */
  unlock?(name: string): Promise<boolean>;
  close(): Promise<void>;
}
