import type { Transaction } from "@mortise/core";
import type { SchemaBuilder } from "./schema-builder.ts";

/** What a migration gets beside the schema builder. */
export interface MigrationContext<Db = Transaction<{}>> {
  /**
   * For the rows: on the connection of the migration, inside its transaction where there is one. What was said to the schema builder
   * before is made before its statements.
   */
  readonly db: Db;
}

type Step<Db> = (schema: SchemaBuilder, context: MigrationContext<Db>) => void | Promise<void>;

/** A migration as a module gives it. */
export interface Migration<Db = Transaction<{}>> {
  readonly up: Step<Db>;
  /** The way back; without it `rollback` refuses. */
  readonly down?: Step<Db>;
  /** `false` takes it out of the transaction, for what the engine does not do in one; its statements are then made one by one. */
  readonly transaction?: boolean;
  /**
   * Makes changes in forms that let others read and write meanwhile, where the engine has them. On PostgreSQL that takes the migration
   * out of the transaction, as `transaction: false` does.
   */
  readonly online?: boolean;
  /** What may be lost: `"drop-column:users.name"`, a code such as `"drop-column"`, or `"all"`. */
  readonly acknowledge?: readonly string[];
  /** Why there is no way back. */
  readonly irreversible?: string;
  /** The migrations that this one was squashed from: where all of them are made, it takes their place without being run. */
  readonly replaces?: readonly string[];
}

/**
 * A migration, as the default export of a file: `export default defineMigration({ up(schema) {}, down(schema) {} })`.
 *
 * `up` and `down` may be async. `defineMigration<typeof db>` gives `context.db` the types of a handle.
 */
export function defineMigration<Db = Transaction<{}>>(migration: Migration<Db>): Migration<Db> {
  return Object.freeze({ ...migration });
}
