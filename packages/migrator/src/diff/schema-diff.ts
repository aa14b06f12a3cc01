import type { Change } from "@mortise/core/state";

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
