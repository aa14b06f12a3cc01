import type { Columns, InOf, InsertKindOf, OutOf } from "../model/column.ts";

/**
 * Flattens an intersection for the reader of an error message.
 *
 * Before: `{ a: 1 } & { b: 2 }`. After: `{ a: 1; b: 2 }`.
 */
export type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** What a read of these columns gives. `{ id: Column<number, …> }` becomes `{ id: number }`. */
export type RowOf<C extends Columns> = { -readonly [K in keyof C]: OutOf<C[K]> };

/** `InstanceType<typeof Model>`: nullable columns are `T | null | undefined`. */
export type InstanceOf<C extends Columns> = { -readonly [K in keyof C]: InOf<C[K]> };

/** What one value of a write may be; `X` is added for expressions. */
type Given<V, X> = Exclude<V, undefined> | X;

/** What an insert takes. Columns that are not nullable and have no default, generator or automatic value are required. */
export type InsertOf<C extends Columns, X = never> = Simplify<
  { -readonly [K in keyof C as InsertKindOf<C[K]> extends "required" ? K : never]: Given<InOf<C[K]>, X> } & {
    -readonly [K in keyof C as InsertKindOf<C[K]> extends "required" ? never : K]?: Given<InOf<C[K]>, X>;
  }
>;

/** What an update takes: any of the columns. */
export type UpdateOf<C extends Columns, X = never> = { -readonly [K in keyof C]?: Given<InOf<C[K]>, X> };

/** The columns of a model. */
export type ColumnsOf<M> = M extends { readonly columns: infer C extends Columns } ? C : never;

/** What a read of a model gives: `Row<typeof User>` is `{ id: number; name: string; bio: string | null }`. */
export type Row<M> = RowOf<ColumnsOf<M>>;

/** What an insert of a model takes: `Insert<typeof User>` is `{ name: string; id?: number; bio?: string | null }`. */
export type Insert<M> = InsertOf<ColumnsOf<M>>;

/** What an update of a model takes: `Update<typeof User>` is `{ id?: number; name?: string; bio?: string | null }`. */
export type Update<M> = UpdateOf<ColumnsOf<M>>;
