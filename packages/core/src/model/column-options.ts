import type { Column, InsertKind, SqlDefault } from "./column.ts";
import type { EncryptionKey } from "./column-type.ts";

/** Options that every kind of column takes, and that say nothing of its values. */
interface PhysicalOptions {
  /** The column's former name in the database, so that the migrator renames instead of dropping and adding. */
  readonly renamedFrom?: string;
  /** Read, but left out of `plain()` and JSON. */
  readonly hidden?: boolean;
  /** One column unique key. */
  readonly unique?: boolean;
  /** One column index. */
  readonly index?: boolean;
  readonly comment?: string;
  readonly collation?: string;
}
/** Options that every kind of column takes. */
export interface CommonOptions extends PhysicalOptions {
  /** An SQL expression that the database computes the column from; such a column is never written. */
  readonly generatedAs?: GeneratedAs;
}

/** An expression in SQL, perhaps kept in the table. */
export type GeneratedAs = string | Generation;
interface Generation {
  readonly expression: string;
  readonly stored?: boolean;
}

/** The name in the database, where the model's convention does not give it. */
export interface Named<Name extends string> {
  readonly databaseName?: Name;
}

/** Where a value comes from when an insert gives none. */
export interface DefaultOptions<T> {
  /** The database default: a literal, or `sqlDefault("…")`. */
  readonly default?: T | SqlDefault;
  /** Computed in the application at insert. */
  readonly defaultTo?: () => T;
}

/** Options of instants: set by the application at insert and update. */
export interface AutoOptions<T> {
  /** Sets the instant on insert when no value was given. */
  readonly autoCreate?: boolean | (() => T);
  /** Sets the instant on update, and on insert when no value was given. */
  readonly autoUpdate?: boolean | (() => T);
  /** `DEFAULT now` in the database. */
  readonly defaultNow?: boolean;
}

/** Any one of these makes the column optional in `Insert`. */
export type Supplied<T> =
  | { readonly default: T | SqlDefault }
  | { readonly defaultTo: () => T }
  | { readonly generatedAs: GeneratedAs };
export type SuppliedInstant<T> =
  | Supplied<T>
  | { readonly autoCreate: true | (() => T) }
  | { readonly autoUpdate: true | (() => T) }
  | { readonly defaultNow: true };

export interface Nullable {
  readonly nullable?: true;
  readonly primaryKey?: false;
}
export type NotNull = { readonly nullable: false; readonly primaryKey?: boolean } | Key;
interface Key {
  readonly nullable?: boolean;
  readonly primaryKey: true;
}

/** `serialize(raw)` makes the value on read; it is called for `null` too. A raw value has no type before this gives it one. */
export interface Serialize<Out> {
  // oxlint-disable-next-line typescript/no-explicit-any -- a callback may say what it expects, and need not
  readonly serialize?: Callback<any, Out>;
}
type Callback<Raw, Out> = (raw: Raw) => Out;

/** `prepare(value)` makes what is stored; it is not called for `null`. */
export interface Prepare<In> {
  readonly prepare?: (value: In) => unknown;
}

/** Makes a value. A name, so that the compiler need not look for type parameters in it. */
interface Supplier<T> {
  (): T;
}
/** An option given as `undefined` is an option left out. */
type Maybe<T> = T | undefined;
/**
 * What the options of one call say. Each type parameter is inferred from an option of its own, so that a helper needs one form and not
 * one for each combination: `N` the name, `Null` and `Key` whether null is allowed, `D`, `F` and `G` where a value comes from.
 */
interface Said<
  N extends string,
  Null extends Maybe<boolean>,
  Key extends Maybe<boolean>,
  D,
  F,
  G,
> extends PhysicalOptions {
  readonly databaseName?: N;
  /** True unless said otherwise; keys never are. */
  readonly nullable?: Null;
  readonly primaryKey?: Key;
  /** The database default: a literal, or `sqlDefault("…")`. */
  readonly default?: D;
  /** Computed in the application at insert. */
  readonly defaultTo?: F;
  /** An SQL expression that the database computes the column from; such a column is never written. */
  readonly generatedAs?: G;
}
interface SaidToPrepare<T, N extends string, Null extends Maybe<boolean>, Key extends Maybe<boolean>, D, F, G>
  extends Said<N, Null, Key, D, F, G>, Prepare<T> {}
interface SaidInFull<T, In, N extends string, Null extends Maybe<boolean>, Key extends Maybe<boolean>, D, F, G>
  extends Said<N, Null, Key, D, F, G>, Serialize<T | NullOf<Null, Key>>, Prepare<In> {}
/** `null` where the options allow it. */
type NullOf<Null extends Maybe<boolean>, Key extends Maybe<boolean>> = [Null, Key] extends Nullability ? null : never;

/** The column of these options. `Given` is `never` when an insert must say its value. */
type Made<Out, In, Null extends Maybe<boolean>, Key extends Maybe<boolean>, Given, N extends string> = [
  Null,
  Key,
] extends Nullability
  ? Column<Out | null, In | null | undefined, "optional", N>
  : Column<Out, In, [Given] extends [undefined] ? "required" : "optional", N>;
/** `nullable` and `primaryKey` of a column that may be null. */
type Nullability = [Maybe<true>, Maybe<false>];
/** What says that a column is never null is there, and not only perhaps; and what only the run time knows has no type. */
type Firm<Null extends Maybe<boolean>, Key extends Maybe<boolean>> = [Null] extends [false]
  ? { readonly nullable: false }
  : [Key] extends [true]
    ? { readonly primaryKey: true }
    : [Null, Key] extends Nullability
      ? unknown
      : { readonly nullable?: true; readonly primaryKey?: false };

/** A helper without callbacks. */
export interface PlainHelper<T, O = unknown> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options?: O & Said<N, Null, Key, D, F, G> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, D | F | G, NoInfer<N>>;
}

/** A helper without callbacks whose options cannot be left out. */
export interface KeyedHelper<T, O> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options: O & Said<N, Null, Key, D, F, G> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, D | F | G, NoInfer<N>>;
}

/** A helper that takes `prepare`. */
export interface PrepareHelper<T, O = unknown> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options?: O & SaidToPrepare<T, N, Null, Key, D, F, G> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, D | F | G, NoInfer<N>>;
}

/** A helper whose value is generated on insert, so that it is never required. */
export interface GeneratedHelper<T, O = unknown> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options?: O & Said<N, Null, Key, D, F, G> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, "generated", NoInfer<N>>;
}

/** A helper whose value is generated on insert, and that takes `serialize`. */
export interface SerializeHelper<T, O = unknown> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options?: O & Said<N, Null, Key, D, F, G> & Serialize<T | NullOf<Null, Key>> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, "generated", NoInfer<N>>;
}

/** A helper that takes both callbacks. `In` is what writes take where it is wider than what reads give. */
export interface FullHelper<T, O = unknown, In = T> {
  <
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<In | SqlDefault> = never,
    F extends Maybe<Supplier<In>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options?: O & SaidInFull<T, In, N, Null, Key, D, F, G> & Firm<Null, Key>,
  ): Made<T, In, Null, Key, D | F | G, NoInfer<N>>;
}

/*
 * Helpers that take a type argument. Where it is written out, the compiler infers nothing else of the call: a `databaseName` beside it
 * is known to be there, and not what it is. So they have their forms twice: with a name, `string` unless inferred, and without.
 */
/**
 * Keeps `T` from being inferred from the place where the column stands, which is "any column" inside `defineModel`.
 *
 * Before: `Column<T, …>` in a model would be `Column<any, …>`. After: `Exact<Date>` is `Date`.
 */
type Exact<T> = [T][T extends unknown ? 0 : never];
interface Unnamed {
  readonly databaseName?: never;
}
interface Renamed {
  readonly databaseName: string;
}

type Instant<T, Out> = DefaultOptions<NoInfer<T>> &
  AutoOptions<NoInfer<T>> &
  Serialize<NoInfer<Out>> &
  Prepare<NoInfer<T>>;

/** Date helpers: `Date` by default, text with `as: "string"`, anything with a type argument. */
export type DateHelper<O = unknown> = DateBare &
  InstantHelper<Date, O & AsDate> &
  InstantHelper<string, O & AsString> &
  DateForms<CommonOptions & O & AsDate & Renamed, string> &
  DateForms<CommonOptions & O & AsDate & Unnamed, never>;

interface DateBare {
  <T = Date>(): Column<Exact<T> | null, Exact<T> | null | undefined, "optional", never>;
}
/** Without a type argument. The first three have no defaults, so that this is never meant where one or two are written out. */
interface InstantHelper<T, O> {
  <
    C extends boolean | Supplier<T>,
    U extends boolean | Supplier<T>,
    W extends boolean,
    N extends string = never,
    Null extends Maybe<boolean> = true,
    Key extends Maybe<boolean> = false,
    D extends Maybe<T | SqlDefault> = never,
    F extends Maybe<Supplier<T>> = never,
    G extends Maybe<GeneratedAs> = never,
  >(
    options: O & SaidOfInstant<T, N, Null, Key, D, F, G, C, U, W> & Firm<Null, Key>,
  ): Made<T, T, Null, Key, D | F | G | Chosen<C> | Chosen<U> | Chosen<W>, NoInfer<N>>;
}
interface SaidOfInstant<
  T,
  N extends string,
  Null extends Maybe<boolean>,
  Key extends Maybe<boolean>,
  D,
  F,
  G,
  C,
  U,
  W,
> extends SaidInFull<T, T, N, Null, Key, D, F, G> {
  /** Sets the instant on insert when no value was given. */
  readonly autoCreate?: C;
  /** Sets the instant on update, and on insert when no value was given. */
  readonly autoUpdate?: U;
  /** `DEFAULT now` in the database. */
  readonly defaultNow?: W;
}
/** `never` for `false`, and for what the compiler cannot know. */
type Chosen<A> = [A] extends [true | Supplier<unknown>] ? A : never;
interface DateForms<O, Known extends string> {
  <T = Date, N extends string = Known>(
    options: O & Named<N> & Nullable & Instant<T, T | null>,
  ): Column<Exact<T> | null, Exact<T> | null | undefined, "optional", NoInfer<N>>;
  <T = Date, N extends string = Known>(
    options: O & Named<N> & NotNull & Instant<T, T> & SuppliedInstant<NoInfer<T>>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
  <T = Date, N extends string = Known>(
    options: O & Named<N> & NotNull & Instant<T, T>,
  ): Column<Exact<T>, Exact<T>, "required", NoInfer<N>>;
}

interface AsString {
  readonly as: "string";
}
interface AsDate {
  readonly as?: "date";
}

/** `col.json<T>()`: any JSON value; `unknown` swallows the null. */
export type JsonHelper = JsonBare &
  JsonForms<CommonOptions & Renamed, string> &
  JsonForms<CommonOptions & Unnamed, never>;

type OrNull<T> = unknown extends T ? unknown : T | null;
type OrNothing<T> = unknown extends T ? unknown : T | null | undefined;
interface JsonBare {
  <T = unknown>(): Column<OrNull<Exact<T>>, OrNothing<Exact<T>>, "optional", never>;
}
interface JsonForms<O, Known extends string> {
  <T = unknown, N extends string = Known>(
    options: O & Named<N> & Nullable & DefaultOptions<T>,
  ): Column<OrNull<Exact<T>>, OrNothing<Exact<T>>, "optional", NoInfer<N>>;
  <T = unknown, N extends string = Known>(
    options: O & Named<N> & NotNull & DefaultOptions<T> & Supplied<T>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
  <T = unknown, N extends string = Known>(
    options: O & Named<N> & NotNull & DefaultOptions<T>,
  ): Column<Exact<T>, Exact<T>, "required", NoInfer<N>>;
}

/** `col<T>()`: the type exactly as given. */
export type TypedHelper = TypedBare &
  TypedForms<TypedOptions & Renamed, string> &
  TypedForms<TypedOptions & Unnamed, never>;

interface TypedBare {
  <T>(): Column<Exact<T>, Exact<T>, "optional">;
}
interface TypedForms<O, Known extends string> {
  <T, N extends string = Known>(
    options: O & Named<N> & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
  <T, N extends string = Known>(
    options: O & Named<N> & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<Exact<T>, Exact<T>, "required", NoInfer<N>>;
  <T, N extends string = Known>(
    options: O & Named<N> & Nullable & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
}

/** `col.primary<T>()`: a primary key of the given type. */
export type PrimaryHelper = PrimaryBare &
  PrimaryForms<TypedOptions & Renamed, string> &
  PrimaryForms<TypedOptions & Unnamed, never>;

interface PrimaryBare {
  <T = string | number>(): Column<Exact<T>, Exact<T>, "required">;
}
interface PrimaryForms<O, Known extends string> {
  <T = string | number, N extends string = Known>(
    options: O & Named<N> & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
  <T = string | number, N extends string = Known>(
    options: O & Named<N> & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<Exact<T>, Exact<T>, "required", NoInfer<N>>;
}

/** The simple type names that `type` takes in `col` and `col.primary`. */
export type TypeName =
  | "integer"
  | "bigInteger"
  | "string"
  | "text"
  | "boolean"
  | "double"
  | "decimal"
  | "json"
  | "date"
  | "datetime"
  | "uuid"
  | "ulid"
  | "binary";

export interface TypedOptions extends CommonOptions {
  /** What the column is in the database; without it the migrator leaves the column alone. */
  readonly type?: TypeName | { readonly sql: string };
}

/** `col.enum(values)`: a closed list of texts. */
export interface EnumHelper {
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options?: EnumOptions & Named<N> & Nullable & Both<V[number], V[number] | null>,
  ): Column<V[number] | null, V[number] | null | undefined, "optional", NoInfer<N>>;
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options: EnumOptions & Named<N> & NotNull & Both<V[number], V[number]> & Supplied<NoInfer<V[number]>>,
  ): Column<V[number], V[number], "optional", NoInfer<N>>;
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options: EnumOptions & Named<N> & NotNull & Both<V[number], V[number]>,
  ): Column<V[number], V[number], "required", NoInfer<N>>;
}
type Both<T, Out> = DefaultOptions<NoInfer<T>> & Serialize<NoInfer<Out>> & Prepare<NoInfer<T>>;
interface EnumOptions extends CommonOptions {
  /** Name of a native enum type, on engines that have them; elsewhere a check holds the values. */
  readonly native?: string;
}

/** `col.set(values)`: any of a closed list of texts. */
export interface SetHelper {
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options?: CommonOptions & Named<N> & Nullable & DefaultOptions<NoInfer<V[number][]>>,
  ): Column<V[number][] | null, V[number][] | null | undefined, "optional", NoInfer<N>>;
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options: CommonOptions & Named<N> & NotNull & DefaultOptions<NoInfer<V[number][]>> & Supplied<NoInfer<V[number][]>>,
  ): Column<V[number][], V[number][], "optional", NoInfer<N>>;
  <const V extends readonly string[], N extends string = never>(
    values: V,
    options: CommonOptions & Named<N> & NotNull & DefaultOptions<NoInfer<V[number][]>>,
  ): Column<V[number][], V[number][], "required", NoInfer<N>>;
}

type Inner<T> = Column<T, unknown, InsertKind, string>;
type ListDefault<T> = DefaultOptions<NoInfer<NonNullable<T>[]>>;

/** `col.array(inner)`: a list of another column's values. */
export interface ArrayHelper {
  <T, N extends string = never>(
    inner: Inner<T>,
    options?: CommonOptions & Named<N> & Nullable & ListDefault<T>,
  ): Column<NonNullable<T>[] | null, NonNullable<T>[] | null | undefined, "optional", NoInfer<N>>;
  <T, N extends string = never>(
    inner: Inner<T>,
    options: CommonOptions & Named<N> & NotNull & ListDefault<T> & Supplied<NoInfer<NonNullable<T>[]>>,
  ): Column<NonNullable<T>[], NonNullable<T>[], "optional", NoInfer<N>>;
  <T, N extends string = never>(
    inner: Inner<T>,
    options: CommonOptions & Named<N> & NotNull & ListDefault<T>,
  ): Column<NonNullable<T>[], NonNullable<T>[], "required", NoInfer<N>>;
}

/** The engine's own words for a type, or those of each engine by name. */
type SqlType = string | Readonly<Record<string, string>>;

/** `col.specific<T>(sqlType)`: a type of the engine's own, in its own words. */
export type SpecificHelper = SpecificBare &
  SpecificForms<CommonOptions & Renamed, string> &
  SpecificForms<CommonOptions & Unnamed, never>;

interface SpecificBare {
  <T>(sqlType: SqlType): Column<Exact<T> | null, Exact<T> | null | undefined, "optional", never>;
}
interface SpecificForms<O, Known extends string> {
  <T, N extends string = Known>(
    sqlType: SqlType,
    options: O & Named<N> & Nullable & DefaultOptions<T> & Serialize<T | null> & Prepare<T>,
  ): Column<Exact<T> | null, Exact<T> | null | undefined, "optional", NoInfer<N>>;
  <T, N extends string = Known>(
    sqlType: SqlType,
    options: O & Named<N> & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<Exact<T>, Exact<T>, "optional", NoInfer<N>>;
  <T, N extends string = Known>(
    sqlType: SqlType,
    options: O & Named<N> & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<Exact<T>, Exact<T>, "required", NoInfer<N>>;
}

export interface IntegerOptions {
  readonly unsigned?: boolean;
}
export interface LengthOptions {
  /** In code points; 255 unless said otherwise. */
  readonly length?: number;
}
export interface DecimalOptions {
  readonly precision?: number;
  readonly scale?: number;
}
export interface BinaryOptions {
  /** In bytes. */
  readonly length?: number;
}
export interface TimeOptions {
  /** Digits of the second's fraction, 0 to 6. */
  readonly precision?: number;
}
export interface InstantOptions extends TimeOptions {
  /** A point in time (the default) rather than a wall-clock reading. */
  readonly useTz?: boolean;
}
export interface SoftDeleteOptions extends CommonOptions {
  readonly useTz?: boolean;
}
export interface SymmetricOptions {
  /** The first key writes, all keys read. A plain secret is named by a fingerprint of itself. */
  readonly keys: string | Uint8Array | readonly (string | Uint8Array | EncryptionKey)[];
}
export interface AsymmetricOptions {
  /** PEM. */
  readonly publicKey: string;
  /** PEM; without it values can be written and not read. */
  readonly privateKey?: string;
}

/** What the Node type `Buffer` is where its types are loaded; `never` elsewhere. */
type NodeBuffer = typeof globalThis extends { Buffer: { isBuffer(value: unknown): value is infer B } } ? B : never;
/** What a binary column takes. It gives a `Uint8Array`. */
export type BinaryInput = NodeBuffer | Uint8Array | string;

type Mode<M extends string> = { readonly mode: M };
type NoMode = { readonly mode?: "auto" };

/** The mode that may be left out comes first: without options the first form that takes none is meant. */
export type BigIntegerHelper = PrepareHelper<number | bigint, IntegerOptions & NoMode> &
  PrepareHelper<bigint, IntegerOptions & Mode<"bigint">> &
  PrepareHelper<number, IntegerOptions & Mode<"number">>;

export type DecimalHelper = PrepareHelper<number, DecimalOptions & { readonly mode?: "number" }> &
  PrepareHelper<string, DecimalOptions & Mode<"string">>;

/** Which integers count, where it is not the usual size: of PostgreSQL and MySQL. */
export interface IncrementOptions extends CommonOptions, IntegerOptions {
  readonly type?: "tinyInteger" | "smallInteger" | "mediumInteger" | "integer";
}
/** A counter that is not the key of its table. */
interface KeyChoice {
  readonly primaryKey?: boolean;
}

export interface IncrementHelper {
  <N extends string = never>(
    options?: IncrementOptions & KeyChoice & Named<N> & Prepare<number>,
  ): Column<number, number, "optional", NoInfer<N>>;
}
export interface BigIncrementHelper {
  <N extends string = never>(
    options: CommonOptions & IntegerOptions & KeyChoice & Named<N> & Prepare<bigint> & Mode<"bigint">,
  ): Column<bigint, bigint, "optional", NoInfer<N>>;
  <N extends string = never>(
    options?: CommonOptions & IntegerOptions & KeyChoice & Named<N> & Prepare<number> & { readonly mode?: "number" },
  ): Column<number, number, "optional", NoInfer<N>>;
}
export interface SoftDeletesHelper {
  <N extends string = never>(
    options?: SoftDeleteOptions & Named<N>,
  ): Column<Date | null, Date | null | undefined, "optional", NoInfer<N>>;
}
