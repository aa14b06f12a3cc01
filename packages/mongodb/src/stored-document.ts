import type { AnyColumn, AnyModel, CaseConvention, DatabaseName, NameOf, OutOf } from "@mortise/core/adapter";
import type { Binary, Decimal128, ObjectId } from "mongodb";

/**
 * The documents of a model's collection: fields by their names in the database, values as the driver gives them.
 *
 * `{ id: col.objectId({ primaryKey: true }), fullName: col.string() }` becomes
 * `{ _id: ObjectId | string | …; full_name?: string | … | null }`.
 *
 * The compiler does not see which column is the key: it takes `id` for it. A model without one has an `_id` of any kind.
 */
export type StoredDocument<M extends AnyModel> = "id" extends keyof M["columns"]
  ? Flat<{ _id: NonNullable<Stored<OutOf<M["columns"]["id"]>>> } & FieldsOf<M, "id">>
  : Flat<{ _id: unknown } & Partial<FieldsOf<M, never>>>;

type Flat<T> = { [K in keyof T]: T[K] };

/** Fields that may be null may be missing. */
type FieldsOf<M extends AnyModel, Key> = {
  [P in Filled<M["columns"], Key> as FieldName<P, M>]: Stored<OutOf<M["columns"][P]>>;
} & {
  [P in Exclude<keyof M["columns"] & string, Filled<M["columns"], Key> | Key> as FieldName<P, M>]?: Stored<
    OutOf<M["columns"][P]>
  >;
};

/** The columns without null, the key aside. */
type Filled<C extends Readonly<Record<string, AnyColumn>>, Key> = {
  [P in keyof C & string]: P extends Key ? never : null extends OutOf<C[P]> ? never : P;
}[keyof C & string];

type FieldName<P extends string, M extends AnyModel> = [NameOf<M["columns"][P]>] extends [never]
  ? DatabaseName<P, ConventionOf<M>>
  : NameOf<M["columns"][P]>;
type ConventionOf<M> = M extends {
  readonly options: { readonly databaseCaseConvention: infer V extends CaseConvention };
}
  ? V
  : CaseConvention;

/**
 * What stands in a document for a value of a row, since no codec runs: a text may be an ObjectId, a number a long or a decimal.
 *
 * Before: `Date | null`. After: `Date | string | null`.
 */
type Stored<T> = unknown extends T ? T : T extends unknown ? One<T> : never;
type One<T> = T extends string
  ? string extends T
    ? string | ObjectId | Decimal128 | Date
    : T
  : T extends number
    ? T | bigint | Decimal128
    : T extends bigint
      ? T | number
      : T extends Date
        ? T | string
        : T extends Uint8Array
          ? Binary
          : T extends readonly (infer E)[]
            ? Stored<E>[]
            : T;
