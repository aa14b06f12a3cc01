import type { ColumnInfo, ModelInfo } from "@mortise/core/adapter";
import { fieldOf } from "./field.ts";

/** A document or pipeline of ours, with slots where values go. */
export type Template = Readonly<Record<string, unknown>>;
export type Pipeline = readonly Template[];

export interface Aggregate {
  readonly kind: "aggregate";
  /** `undefined` reads no collection. */
  readonly collection: string | undefined;
  readonly pipeline: Pipeline;
  /** How many columns a row has: the fields `c0`, `c1` … of a document. */
  readonly columns: number;
  /** The row of aggregates over nothing, where there is no document to group. */
  readonly empty: readonly unknown[] | undefined;
}

/** A field of a document to insert, and how it counts where nobody gives its value. */
export interface Insert {
  readonly kind: "insert";
  readonly collection: string;
  readonly documents: readonly Template[];
  /** The counted field, and whether documents give it themselves. */
  readonly counter: Counter | undefined;
  readonly conflict: Conflict | undefined;
  /** The fields of the rows that are given back. */
  readonly returning: readonly string[];
}

export interface Counter {
  readonly field: string;
  readonly name: string;
  readonly given: boolean;
}

export interface Conflict {
  readonly fields: readonly string[];
  /** The fields that a stored document takes over; none leaves it as it is. */
  readonly update: readonly string[];
}

/** Which documents a write is about: by a filter, or by a pipeline that finds their keys first. */
export type Target =
  | { readonly by: "filter"; readonly filter: Template }
  | { readonly by: "keys"; readonly pipeline: Pipeline };

export interface Update {
  readonly kind: "update";
  readonly collection: string;
  readonly target: Target;
  /** Whether there is one document at most to change. */
  readonly one: boolean;
  readonly changes: Template | Pipeline;
}

export interface Delete {
  readonly kind: "delete";
  readonly collection: string;
  readonly target: Target;
}

export interface Truncate {
  readonly kind: "truncate";
  readonly collection: string;
  readonly counter: string | undefined;
}

/** What one query sends, its values aside. */
export type Compiled = Aggregate | Insert | Update | Delete | Truncate;

/** The document that counts the keys of a column. */
export function counterName(model: ModelInfo, column: ColumnInfo): string {
  return `${model.table}.${fieldOf(model, column)}`;
}

export const counterCollection = "mortise_counters";
