import type { Column, SqlDefault } from "./column.ts";
import type { EncryptionKey } from "./column-type.ts";

/** Options that every kind of column takes. */
export interface CommonOptions {
  /** The name in the database, where the model's convention does not give it. */
  readonly databaseName?: string;
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
  /** An SQL expression that the database computes the column from; such a column is never written. */
  readonly generatedAs?: GeneratedAs;
}

export type GeneratedAs = string | { readonly expression: string; readonly stored?: boolean };

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

/** `serialize(raw)` makes the value on read; it is called for `null` too. */
export interface Serialize<Out> {
  // oxlint-disable-next-line typescript/no-explicit-any -- a raw value has no type before `serialize` gives it one
  readonly serialize?: (raw: any) => Out;
}

/** `prepare(value)` makes what is stored; it is not called for `null`. */
export interface Prepare<In> {
  readonly prepare?: (value: In) => unknown;
}

type Maybe<T> = Column<T | null, T | null | undefined, "optional">;

/** A helper without callbacks. */
export interface PlainHelper<T, O> {
  (options?: O & Nullable & DefaultOptions<T>): Maybe<T>;
  (options: O & NotNull & DefaultOptions<T> & Supplied<T>): Column<T, T, "optional">;
  (options: O & NotNull & DefaultOptions<T>): Column<T, T, "required">;
}

/** A helper that takes `prepare`. */
export interface PrepareHelper<T, O> {
  (options?: O & Nullable & DefaultOptions<T> & Prepare<T>): Maybe<T>;
  (options: O & NotNull & DefaultOptions<T> & Prepare<T> & Supplied<T>): Column<T, T, "optional">;
  (options: O & NotNull & DefaultOptions<T> & Prepare<T>): Column<T, T, "required">;
}

/** A helper whose value is generated on insert, so that it is never required. */
export interface GeneratedHelper<T, O> {
  (options?: O & Nullable & DefaultOptions<T> & Serialize<T | null>): Maybe<T>;
  (options: O & NotNull & DefaultOptions<T> & Serialize<T>): Column<T, T, "optional">;
}

/** A helper that takes both callbacks. `In` is what writes take where it is wider than what reads give. */
export interface FullHelper<T, O, In = T> {
  (
    options?: O & Nullable & DefaultOptions<In> & Serialize<T | null> & Prepare<In>,
  ): Column<T | null, In | null | undefined, "optional">;
  (options: O & NotNull & DefaultOptions<In> & Serialize<T> & Prepare<In> & Supplied<In>): Column<T, In, "optional">;
  (options: O & NotNull & DefaultOptions<In> & Serialize<T> & Prepare<In>): Column<T, In, "required">;
}

type Instant<T, Out> = DefaultOptions<T> & AutoOptions<T> & Serialize<Out> & Prepare<T>;

/** Date helpers: `Date` by default, text with `as: "string"`, anything with a type argument. */
export interface DateHelper<O> {
  (options: O & AsString & Nullable & Instant<string, string | null>): Maybe<string>;
  (
    options: O & AsString & NotNull & Instant<string, string> & SuppliedInstant<string>,
  ): Column<string, string, "optional">;
  (options: O & AsString & NotNull & Instant<string, string>): Column<string, string, "required">;
  <T = Date>(options?: O & AsDate & Nullable & Instant<T, T | null>): Maybe<T>;
  <T = Date>(options: O & AsDate & NotNull & Instant<T, T> & SuppliedInstant<T>): Column<T, T, "optional">;
  <T = Date>(options: O & AsDate & NotNull & Instant<T, T>): Column<T, T, "required">;
}

interface AsString {
  readonly as: "string";
}
interface AsDate {
  readonly as?: "date";
}

/** `col.json<T>()`: any JSON value; `unknown` swallows the null. */
export interface JsonHelper {
  <T = unknown>(
    options?: CommonOptions & Nullable & DefaultOptions<T>,
  ): Column<unknown extends T ? unknown : T | null, unknown extends T ? unknown : T | null | undefined, "optional">;
  <T = unknown>(options: CommonOptions & NotNull & DefaultOptions<T> & Supplied<T>): Column<T, T, "optional">;
  <T = unknown>(options: CommonOptions & NotNull & DefaultOptions<T>): Column<T, T, "required">;
}

/** `col<T>()`: the type exactly as given. */
export interface TypedHelper {
  <T>(
    options: TypedOptions & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<T, T, "optional">;
  <T>(options: TypedOptions & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T>): Column<T, T, "required">;
  <T>(options?: TypedOptions & Nullable & DefaultOptions<T> & Serialize<T> & Prepare<T>): Column<T, T, "optional">;
}

/** `col.primary<T>()`: a primary key of the given type. */
export interface PrimaryHelper {
  <T = string | number>(
    options: TypedOptions & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<T, T, "optional">;
  <T = string | number>(
    options?: TypedOptions & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<T, T, "required">;
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
  <const V extends readonly string[]>(
    values: V,
    options?: EnumOptions & Nullable & Both<V[number], V[number] | null>,
  ): Maybe<V[number]>;
  <const V extends readonly string[]>(
    values: V,
    options: EnumOptions & NotNull & Both<V[number], V[number]> & Supplied<NoInfer<V[number]>>,
  ): Column<V[number], V[number], "optional">;
  <const V extends readonly string[]>(
    values: V,
    options: EnumOptions & NotNull & Both<V[number], V[number]>,
  ): Column<V[number], V[number], "required">;
}
type Both<T, Out> = DefaultOptions<NoInfer<T>> & Serialize<NoInfer<Out>> & Prepare<NoInfer<T>>;
interface EnumOptions extends CommonOptions {
  /** Name of a native enum type, on engines that have them; elsewhere a check holds the values. */
  readonly native?: string;
}

/** `col.set(values)`: any of a closed list of texts. */
export interface SetHelper {
  <const V extends readonly string[]>(
    values: V,
    options?: CommonOptions & Nullable & DefaultOptions<NoInfer<V[number][]>>,
  ): Maybe<V[number][]>;
  <const V extends readonly string[]>(
    values: V,
    options: CommonOptions & NotNull & DefaultOptions<NoInfer<V[number][]>> & Supplied<NoInfer<V[number][]>>,
  ): Column<V[number][], V[number][], "optional">;
  <const V extends readonly string[]>(
    values: V,
    options: CommonOptions & NotNull & DefaultOptions<NoInfer<V[number][]>>,
  ): Column<V[number][], V[number][], "required">;
}

/** `col.array(inner)`: a list of another column's values. */
export interface ArrayHelper {
  <T>(
    inner: Column<T, unknown, "optional" | "required">,
    options?: CommonOptions & Nullable & DefaultOptions<NoInfer<NonNullable<T>[]>>,
  ): Maybe<NonNullable<T>[]>;
  <T>(
    inner: Column<T, unknown, "optional" | "required">,
    options: CommonOptions & NotNull & DefaultOptions<NoInfer<NonNullable<T>[]>> & Supplied<NoInfer<NonNullable<T>[]>>,
  ): Column<NonNullable<T>[], NonNullable<T>[], "optional">;
  <T>(
    inner: Column<T, unknown, "optional" | "required">,
    options: CommonOptions & NotNull & DefaultOptions<NoInfer<NonNullable<T>[]>>,
  ): Column<NonNullable<T>[], NonNullable<T>[], "required">;
}

/** `col.specific<T>(sqlType)`: a type of the engine's own, in its own words. */
export interface SpecificHelper {
  <T>(
    sqlType: string | Readonly<Record<string, string>>,
    options?: CommonOptions & Nullable & DefaultOptions<T> & Serialize<T | null> & Prepare<T>,
  ): Maybe<T>;
  <T>(
    sqlType: string | Readonly<Record<string, string>>,
    options: CommonOptions & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T> & Supplied<T>,
  ): Column<T, T, "optional">;
  <T>(
    sqlType: string | Readonly<Record<string, string>>,
    options: CommonOptions & NotNull & DefaultOptions<T> & Serialize<T> & Prepare<T>,
  ): Column<T, T, "required">;
}

export interface IntegerOptions extends CommonOptions {
  readonly unsigned?: boolean;
}
export interface LengthOptions extends CommonOptions {
  /** In code points; 255 unless said otherwise. */
  readonly length?: number;
}
export interface DecimalOptions extends CommonOptions {
  readonly precision?: number;
  readonly scale?: number;
}
export interface BinaryOptions extends CommonOptions {
  /** In bytes. */
  readonly length?: number;
}
export interface TimeOptions extends CommonOptions {
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
export interface SymmetricOptions extends CommonOptions {
  /** The first key writes, all keys read; a plain text is one key named `k1`. */
  readonly keys: string | Uint8Array | readonly EncryptionKey[];
}
export interface AsymmetricOptions extends CommonOptions {
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

export type BigIntegerHelper = PrepareHelper<bigint, IntegerOptions & Mode<"bigint">> &
  PrepareHelper<number, IntegerOptions & Mode<"number">> &
  PrepareHelper<number | bigint, IntegerOptions & NoMode>;

export type DecimalHelper = PrepareHelper<string, DecimalOptions & Mode<"string">> &
  PrepareHelper<number, DecimalOptions & { readonly mode?: "number" }>;

export interface BigIncrementHelper {
  (options: CommonOptions & Prepare<bigint> & Mode<"bigint">): Column<bigint, bigint, "optional">;
  (options?: CommonOptions & Prepare<number> & { readonly mode?: "number" }): Column<number, number, "optional">;
}
