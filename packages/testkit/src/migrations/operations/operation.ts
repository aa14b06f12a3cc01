import type { defineModel } from "@mortise/core";

export type Definition = Parameters<typeof defineModel>[1];

/** The name of the one table that operations are made on. */
export const tableName = "ops";

/** A change of one table, and rows that it may be bad for. */
export interface Operation {
  readonly name: string;
  readonly before: Definition;
  /** `undefined` where the table goes. */
  readonly after: Definition | undefined;
  /** Values of the rows in the state "filled": what is wanted holds for them. */
  readonly filled: readonly Row[];
  /** Rows that stand in the way, in the state "violating". */
  readonly violating: readonly Row[];
}

export type Row = Readonly<Record<string, unknown>>;
