import type { Change } from "../state/change.ts";
import type { SchemaState } from "../state/schema-state.ts";

/** Which part of a database is looked at. */
export interface Scope {
  /** Namespaces (schemas on PostgreSQL, databases on MySQL); empty means the connection's own. */
  readonly namespaces: readonly string[];
}

/** Why an adapter refuses a change: a sentence with the way out. */
export interface Unsupported {
  readonly reason: string;
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
  inspect(scope: Scope): Promise<SchemaState>;
  /** The database's own normal form of a state, so that equal things compare equal. Applied twice it changes nothing more. */
  normalise(state: SchemaState): Promise<SchemaState>;
  /** Two names with the same fold are one object to the database: `Users` and `users` where case does not count. */
  readonly foldName: (name: string) => string;
  /** Pure: whether this kind of change can be made at all. What only the data can tell comes as an error of `run`. */
  supports(change: Change): true | Unsupported;
  /** Replaces changes that the engine can only make in another way. */
  rewrite?(changes: readonly Change[]): readonly Change[];
  render(change: Change): readonly Statement[];
  /** The text of a statement, for plans and logs. */
  describe(statement: Statement): string;
  run(statement: Statement): Promise<void>;
  /**
   * Runs the body alone among all migrators of this database, in a transaction where the engine's DDL allows it: an error then
   * leaves nothing behind. `held` is this adapter on the connection that holds the lock; the body uses no other.
   */
  lock<T>(name: string, body: (held: SchemaAdapter<Statement>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
