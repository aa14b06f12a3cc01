import type { InsertWithout, KnownNames, MorphFilled, NestedInsert, NestedRow } from "./nested-insert.ts";
import type { Columns } from "../model/column.ts";
import type { Between, Fills, FillsMorph, Holds, Lists, Relation } from "../model/define-relations.ts";
import type { AnyModel } from "../model/model.ts";
import type { RawExpression } from "../model/raw.ts";
import type { OneOf } from "../model/relation-helpers.ts";
import type { ExpressionOf } from "./documents.ts";
import type { All, ExecuteOptions, KeyInput, Query, UpsertOptions } from "./query.ts";
import type { Stored } from "./record.ts";
import type { RelationsOf } from "./registry.ts";
import type { InsertOf, UpdateOf } from "./row.ts";

/** The query of one row's related rows, by the kind of the relation. `T`: its target, `L`: what every row shows besides its columns. */
export type RelatedTo<R, Rel> =
  Rel extends Relation<infer T extends AnyModel, infer _Kind, infer Pivot, infer Link>
    ? Link extends Fills<infer F>
      ? OwnedRows<R, T, F>
      : Link extends FillsMorph
        ? OwnedRows<R, T, MorphFilled<T>>
        : Link extends Between<infer C>
          ? PivotedRows<R, T, C, [Pivot] extends [never] ? {} : { pivot: Pivot }>
          : Link extends Holds<string>
            ? ParentRow<R, T>
            : Link extends Lists<string>
              ? ListedRows<R, T>
              : TargetQuery<R, T, {}>
    : never;

type TargetQuery<R, T extends AnyModel, L> = Query<R, T, RelationsOf<R, T>, T["columns"], All, L>;

/** The rows that point at one row. Reads see them alone, and inserts set their keys; a key that says otherwise is refused. */
export type OwnedRows<R, T extends AnyModel, F extends string> = OwnedWrites<R, T, F> & TargetQuery<R, T, {}>;
interface OwnedWrites<R, T extends AnyModel, F extends string> {
  insert(data: InsertWithout<T["columns"], F, ExpressionOf<R>>, options?: ExecuteOptions): Promise<Stored<R, T>>;
  insert<const D extends NestedInsert<R, T, F>>(
    data: D & KnownNames<R, T, D>,
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, T, D>>;
  insertMany(
    rows: readonly InsertWithout<T["columns"], F, ExpressionOf<R>>[],
    options?: ExecuteOptions,
  ): Promise<Stored<R, T>[]>;
  insertMany<const D extends NestedInsert<R, T, F>>(
    rows: readonly (D & KnownNames<R, T, D>)[],
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, T, D>[]>;
  upsert(
    data: InsertWithout<T["columns"], F, ExpressionOf<R>>,
    how: UpsertOptions<keyof T["columns"] & string>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, T>>;
  upsertMany(
    rows: readonly InsertWithout<T["columns"], F, ExpressionOf<R>>[],
    how: UpsertOptions<keyof T["columns"] & string>,
    options?: ExecuteOptions,
  ): Promise<Stored<R, T>[]>;
}

/** The row that one row points at. */
export interface ParentRow<R, T extends AnyModel> extends Query<R, T, RelationsOf<R, T>, T["columns"], All, {}> {
  /**
   * Points the row at another one, given as a row or its key; of a `morphTo` as a row. Gives the row, changed.
   *
   * `await db.related(post, "author").associate(user)` -> `update "posts" set "user_id" = ? where "id" = ?`
   *
   * A row that is gone is a `RecordNotFoundError`.
   */
  associate(target: T extends OneOf<infer Targets> ? OneRow<R, Targets> : PivotKeyInput<R, T>): Promise<object>;
  /** Points the row at nothing: its key becomes null. A key that may not be null is a `NotNullViolationError`. */
  dissociate(): Promise<object>;
}
type OneRow<R, Targets> = {
  [K in keyof Targets]: Targets[K] extends AnyModel ? Stored<R, Targets[K], {}> : never;
}[keyof Targets];

/** A row of the target, or its key: a value, an object or list of a composite key. */
type PivotKeyInput<R, T extends AnyModel> = KeyInput<T["columns"]> | Stored<R, T, {}>;
/** A key with the values of its own pivot row. */
type WithPivotValues<T extends AnyModel, C extends Columns> = {
  readonly [K in keyof T["columns"]]?: unknown;
} & { readonly pivot: PivotValues<C> };
type PivotValues<C extends Columns> = UpdateOf<C, RawExpression>;
type AttachInput<R, T extends AnyModel, C extends Columns> = PivotKeyInput<R, T> | WithPivotValues<T, C>;
/** A key of the target as results tell it: a value, or an object of a composite key. */
export type PivotKey = string | number | bigint | Date | Readonly<Record<string, unknown>>;

/** The rows that one row has through a pivot with the columns `C`. Composite keys are objects, or lists in a list. */
export type PivotedRows<R, T extends AnyModel, C extends Columns, L> = PivotWrites<R, T, C> & TargetQuery<R, T, L>;
interface PivotWrites<R, T extends AnyModel, C extends Columns> {
  /** Inserts a row of the target and attaches it, both or neither. */
  insert(data: InsertOf<T["columns"], ExpressionOf<R>>, options?: PivotInsertOptions<C>): Promise<Stored<R, T>>;
  insert<const D extends NestedInsert<R, T>>(
    data: D & KnownNames<R, T, D>,
    options?: PivotInsertOptions<C>,
  ): Promise<NestedRow<R, T, D>>;
  insertMany(
    rows: readonly InsertOf<T["columns"], ExpressionOf<R>>[],
    options?: PivotInsertOptions<C>,
  ): Promise<Stored<R, T>[]>;
  insertMany<const D extends NestedInsert<R, T>>(
    rows: readonly (D & KnownNames<R, T, D>)[],
    options?: PivotInsertOptions<C>,
  ): Promise<NestedRow<R, T, D>[]>;
  /**
   * Adds a pivot row for each of these rows, and gives how many.
   *
   * `await db.related(post, "tags").attach([1, 2], { note: "new" })` -> `insert into "post_tags" … values …`
   *
   * A key twice in one call counts once. One that is attached already is a `UniqueViolationError` where the pivot has its unique key.
   */
  attach(ids: AttachInput<R, T, C> | readonly AttachInput<R, T, C>[], pivot?: PivotValues<C>): Promise<number>;
  /** Removes the pivot rows of these rows, or all of them; a pivot that soft-deletes is marked. Gives how many. */
  detach(ids?: PivotKeyInput<R, T> | readonly PivotKeyInput<R, T>[]): Promise<number>;
  /**
   * Makes the attached rows just these, in one transaction. What stays keeps its pivot row, changed where other values are given.
   *
   * `await db.related(post, "tags").sync([1, { id: 3, pivot: { note: "new" } }])`
   */
  sync(
    ids: AttachInput<R, T, C> | readonly AttachInput<R, T, C>[],
    pivot?: PivotValues<C>,
  ): Promise<{
    readonly attached: readonly PivotKey[];
    readonly detached: readonly PivotKey[];
    readonly updated: readonly PivotKey[];
  }>;
  /** Attaches those of these rows that are not attached, and detaches the others, in one transaction. */
  toggle(
    ids: AttachInput<R, T, C> | readonly AttachInput<R, T, C>[],
    pivot?: PivotValues<C>,
  ): Promise<{ readonly attached: readonly PivotKey[]; readonly detached: readonly PivotKey[] }>;
  /** Sets values of the pivot rows of these rows, and gives how many there were. */
  updatePivot(ids: PivotKeyInput<R, T> | readonly PivotKeyInput<R, T>[], values: PivotValues<C>): Promise<number>;
}
/**
 * The rows whose keys one row holds in a list. Reads go by the list of the row at hand, which every write here renews: begin the next
 * query with `db.related` anew.
 */
export type ListedRows<R, T extends AnyModel> = ListedWrites<R, T> & TargetQuery<R, T, {}>;
type KeysInput<R, T extends AnyModel> = PivotKeyInput<R, T> | readonly PivotKeyInput<R, T>[];
interface ListedWrites<R, T extends AnyModel> {
  /** Inserts a row of the target and adds its key to the list, both or neither. */
  insert(data: InsertOf<T["columns"], ExpressionOf<R>>, options?: ExecuteOptions): Promise<Stored<R, T>>;
  insert<const D extends NestedInsert<R, T>>(
    data: D & KnownNames<R, T, D>,
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, T, D>>;
  insertMany(
    rows: readonly InsertOf<T["columns"], ExpressionOf<R>>[],
    options?: ExecuteOptions,
  ): Promise<Stored<R, T>[]>;
  insertMany<const D extends NestedInsert<R, T>>(
    rows: readonly (D & KnownNames<R, T, D>)[],
    options?: ExecuteOptions,
  ): Promise<NestedRow<R, T, D>[]>;
  /**
   * Adds the keys of these rows to the list in one atomic update, and gives how many were not there.
   *
   * `await db.related(post, "tags").attach([1, 2])`
   *
   * A row that is gone is a `RecordNotFoundError`; whether the keys lead to rows nobody checks.
   */
  attach(ids: KeysInput<R, T>): Promise<number>;
  /** Takes the keys of these rows out of the list in one atomic update, or all; gives how many were there. */
  detach(ids?: KeysInput<R, T>): Promise<number>;
  /** Makes the list just these keys, in one transaction. */
  sync(ids: KeysInput<R, T>): Promise<{
    readonly attached: readonly PivotKey[];
    readonly detached: readonly PivotKey[];
    readonly updated: readonly PivotKey[];
  }>;
  /** Adds those of these keys that are not in the list, and takes out the others, in one transaction. */
  toggle(
    ids: KeysInput<R, T>,
  ): Promise<{ readonly attached: readonly PivotKey[]; readonly detached: readonly PivotKey[] }>;
}
interface PivotInsertOptions<C extends Columns> extends ExecuteOptions {
  /** What the pivot rows shall hold beside their keys. */
  readonly pivot?: PivotValues<C>;
}
