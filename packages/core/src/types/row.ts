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

/** What an update takes: any of the columns, and `X` in place of any value. `{ id: Column<number, …> }` becomes `{ id?: number }`. */
export type UpdateOf<C extends Columns, X = never> = {
  -readonly [K in keyof C]?: Exclude<InOf<C[K]>, undefined> | X | Inherited<K>;
};
/**
 * What every object has under the name of a column, so that a column may be called `constructor` or `toString` and be left out:
 * to the compiler no object lacks them. `never` for every other name.
 */
export type Inherited<Name> = Name extends keyof AnyObject ? AnyObject[Name] : never;
type AnyObject = ObjectConstructor["prototype"];

type RequiredNames<C extends Columns> = { [K in keyof C]: InsertKindOf<C[K]> extends "required" ? K : never }[keyof C];
type RequiredOf<C extends Columns, X> = { -readonly [K in RequiredNames<C>]: Exclude<InOf<C[K]>, undefined> | X };
type OptionalOf<C extends Columns, X> = UpdateOf<Omit<C, RequiredNames<C>>, X>;

/**
 * What an insert takes. Columns that are not nullable and have no default, generator or automatic value are required.
 *
 * Before: `{ id: Column<number, number, "optional">; name: Column<string, string, "required"> }`.
 * After: `{ id?: number; name: string }`.
 */
export type InsertOf<C extends Columns, X = never> = Simplify<OptionalOf<C, X> & RequiredOf<C, X>>;

/** The columns of a model. */
export type ColumnsOf<M> = M extends { readonly columns: infer C extends Columns } ? C : never;

/** What a read of a model gives: `Row<typeof User>` is `{ id: number; name: string; bio: string | null }`. */
export type Row<M> = RowOf<ColumnsOf<M>>;

/** What an insert of a model takes: `Insert<typeof User>` is `{ name: string; id?: number; bio?: string | null }`. */
export type Insert<M> = InsertOf<ColumnsOf<M>>;

/** What an update of a model takes: `Update<typeof User>` is `{ id?: number; name?: string; bio?: string | null }`. */
export type Update<M> = UpdateOf<ColumnsOf<M>>;
