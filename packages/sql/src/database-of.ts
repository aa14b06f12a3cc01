import type { AnyColumn, CaseConvention, DatabaseName, InOf, InsertKindOf, NameOf, OutOf } from "@mortise/core/adapter";
import type { ColumnType } from "kysely";

/**
 * The tables of a schema as Kysely sees them: database names of tables and columns, and the values that engines give and take.
 *
 * Before: `createSchema({ users: User })` with the columns `id: col.increment()`, `createdAt: col.datetime()`.
 * After: `{ users: { id: ColumnType<number, number | undefined, number>; created_at: ColumnType<Date | string | null, …> } }`.
 *
 * Nothing of it is computed before `db.kysely` is used. Where a name is known at run time only, any column name is accepted.
 */
export type DatabaseOf<S> = unknown extends S ? AnyTables : { [N in TableNames<S>]: Both<ColumnsIn<ModelsOn<S, N>>> };

type AnyTables = Record<string, Record<string, unknown>>;

/** What is read of a model class. */
interface Tabled {
  readonly table: string;
  readonly columns: Readonly<Record<string, AnyColumn>>;
  readonly options: { readonly databaseCaseConvention: CaseConvention };
}
type ModelsIn<S> = Extract<S[keyof S & string], Tabled>;
type TableNames<S> = ModelsIn<S>["table"];
type ModelsOn<S, N> = Extract<ModelsIn<S>, { readonly table: N }>;

/** The columns of one model: `{ userId: Column<number, …> }` becomes `{ user_id: ColumnType<number, number, number> }`. */
type ColumnsIn<M> = M extends Tabled
  ? {
      [P in keyof M["columns"] & string as ColumnName<P, M["columns"][P], M>]: KyselyColumn<M["columns"][P]>;
    }
  : never;
type ColumnName<P extends string, C extends AnyColumn, M extends Tabled> = [NameOf<C>] extends [never]
  ? DatabaseName<P, M["options"]["databaseCaseConvention"]>
  : NameOf<C>;

/** Several models on one table have the columns of all: `{ a: 1 } | { b: 2 }` becomes `{ a: 1; b: 2 }`. */
type Both<Tables> = Flat<
  (Tables extends unknown ? (table: Tables) => void : never) extends (table: infer All) => void ? All : never
>;
type Flat<T> = { [K in keyof T]: T[K] };

type KyselyColumn<C extends AnyColumn> = ColumnType<
  Read<OutOf<C>>,
  InsertKindOf<C> extends "required" ? Written<InOf<C>> : Written<InOf<C>> | undefined,
  Written<InOf<C>>
>;

/**
 * What an engine may give for a value, since no codec runs: text or numbers for what it has no type for.
 *
 * Before: `Date | null`. After: `Date | string | null`.
 */
type Read<T> = unknown extends T ? unknown : T extends unknown ? T | Substitute<T> : never;
type Substitute<T> = T extends string | number | null | Uint8Array
  ? never
  : T extends boolean
    ? number
    : T extends bigint
      ? number | string
      : string;

/**
 * What a parameter may be for a value: a scalar. Documents and lists are written as JSON text.
 *
 * Before: `{ theme: string } | null | undefined`. After: `string | null`.
 */
type Written<T> = unknown extends T ? Scalar | null : Exclude<T, undefined> extends infer V ? ToScalar<V> : never;
type Scalar = string | number | bigint | boolean | Date | Uint8Array;
type ToScalar<T> = T extends Date | boolean ? T | Substitute<T> : T extends Scalar | null ? T : string;
