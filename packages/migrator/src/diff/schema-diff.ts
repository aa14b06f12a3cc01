import type { Change, SchemaAdapter, SchemaState } from "@mortise/core/state";

/** Something of the database that the schema does not name: it is left alone. */
export interface KeptObject {
  readonly kind: string;
  readonly table: string | undefined;
  readonly name: string;
}

/** What separates a database from a schema, and what the database has besides. */
export interface SchemaDiff {
  /** Empty when the database has everything that the schema asks for, as it asks for it. */
  readonly changes: readonly Change[];
  readonly kept: readonly KeptObject[];
}

/** What the schema does not name, with the change that would remove it. */
export interface Extra {
  readonly kept: KeptObject;
  readonly drop: Change;
}

/** The difference of a part: what it has besides is kept or dropped, as the whole decides. */
export interface PartDiff {
  readonly changes: readonly Change[];
  readonly extra: readonly Extra[];
}

/** How the database compares names, and how its expressions speak of a renamed column. */
export type DiffRules = Pick<SchemaAdapter, "foldName" | "foldAction" | "renameIn">;

export interface DiffOptions {
  /** Also remove tables, columns, keys and checks that the schema does not name. */
  readonly drop?: boolean;
  /** Renames beside those of the models' `renamedFrom`: `users.name:full_name`, `users:people`. */
  readonly rename?: readonly string[];
}

/** A difference, with the database as it is when the renames of it are made. */
export interface StateDiff {
  readonly diff: SchemaDiff;
  readonly renamed: SchemaState;
}
