import type { ColumnType } from "./column-type.ts";
import type { Operand, Operands } from "./operand.ts";

/** How a column stands in `Insert<Model>`: it must be given, or may be left out. */
export type InsertKind = "required" | "optional";

declare const OUT: unique symbol;
declare const IN: unique symbol;
declare const INSERT: unique symbol;
declare const NAME: unique symbol;
declare const OPERAND: unique symbol;
declare const OPERANDS: unique symbol;

/** A default that the database computes: `sqlDefault("current_timestamp")`. */
export class SqlDefault {
  readonly expression: string;
  constructor(expression: string) {
    this.expression = expression;
    Object.freeze(this);
  }
}

/**
 * A database default given as an SQL expression instead of a literal.
 *
 * `col.datetime({ default: sqlDefault("current_timestamp") })` becomes `DEFAULT (current_timestamp)`.
 * The text is written as it stands: never build it from user input. For a literal give the value itself.
 */
export function sqlDefault(expression: string): SqlDefault {
  return new SqlDefault(expression);
}

/** What a column is, as data. Frozen; made by `col`. */
export interface ColumnDefinition {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The database default; `undefined` means none. */
  readonly default: unknown;
  /** Computes a value in the application when an insert gives none. */
  readonly defaultTo: (() => unknown) | undefined;
  readonly databaseName: string | undefined;
  readonly renamedFrom: string | undefined;
  readonly hidden: boolean;
  readonly primaryKey: boolean;
  readonly increment: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly comment: string | undefined;
  readonly collation: string | undefined;
  readonly generatedAs: { readonly expression: string; readonly stored: boolean } | undefined;
  readonly generator: "uuid" | "ulid" | "objectId" | undefined;
  readonly autoCreate: boolean | (() => unknown);
  readonly autoUpdate: boolean | (() => unknown);
  readonly softDelete: boolean;
  readonly serialize: ((raw: unknown) => unknown) | undefined;
  readonly prepare: ((value: unknown) => unknown) | undefined;
  /** False for `col<T>()` without a `type`: read and written, but the migrator leaves it alone. */
  readonly managed: boolean;
  /** Option names that no helper knows; `defineModel` refuses them by name. */
  readonly unknownOptions: readonly string[];
  /** What is wrong with the value of an option; `defineModel` refuses it. */
  readonly wrongOption: string | undefined;
}

/**
 * A column of a model.
 *
 * `Out` is what a read gives, `In` what a write takes and what `InstanceType<Model>` shows, `Kind` whether an insert needs it,
 * `Name` the `databaseName` it was given: `never` for none, `string` where the compiler cannot know. The four live in the type only, and
 * so does what conditions compare with, which the compiler makes once for all columns of a type.
 */
export interface Column<Out, In, Kind extends InsertKind, Name extends string = never> extends ColumnDefinition {
  readonly [OUT]: Out;
  readonly [IN]: In;
  readonly [INSERT]: Kind;
  readonly [NAME]: Name;
  readonly [OPERAND]: Operand<Exclude<In, undefined>>;
  readonly [OPERANDS]: Operands<Exclude<In, undefined>>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- constraint position: a column of any value type
export type AnyColumn = Column<any, any, InsertKind, string>;
export type Columns = Readonly<Record<string, AnyColumn>>;

/** `OutOf<Column<string, string | undefined, "required">>` is `string`. */
export type OutOf<C extends AnyColumn> = C[typeof OUT];
/** `InOf<Column<string, string | undefined, "required">>` is `string | undefined`. */
export type InOf<C extends AnyColumn> = C[typeof IN];
/** `InsertKindOf<Column<string, string, "required">>` is `"required"`. */
export type InsertKindOf<C extends AnyColumn> = C[typeof INSERT];
/** `NameOf<Column<string, string, "required", "user_name">>` is `"user_name"`; `never` where the model's convention makes the name. */
export type NameOf<C extends AnyColumn> = C[typeof NAME];
/** `OperandOf<Column<string, string | undefined, "required">>` is `string | RawExpression`: what a condition compares with. */
export type OperandOf<C extends AnyColumn> = C[typeof OPERAND];
/** `OperandsOf<Column<number, …>>["in"]` is a list of numbers: what each operator compares with. */
export type OperandsOf<C extends AnyColumn> = C[typeof OPERANDS];
