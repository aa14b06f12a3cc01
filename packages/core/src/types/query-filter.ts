import type { RawExpression } from "../model/raw.ts";
import type { AnyColumn, Columns, InOf, OutOf } from "../model/column.ts";
import type { AnyModel } from "../model/model.ts";
import type { ListOperator, RangeOperator, ScalarOperator, TextOperator } from "./filter.ts";
import type { All, Query } from "./query.ts";
import type { RelationsOf, TargetOf } from "./registry.ts";

/** What a column is compared with: its own kind of value, or an expression. */
export type Operand<C extends AnyColumn> = Exclude<InOf<C>, undefined> | RawExpression;
/** A query with one column, as the right side of `in` or `exists`. */
export interface Subquery {
  readonly toSQL: () => unknown;
}
/** Equalities by column: scalars only, `null` is IS NULL. */
export type Conditions<C extends Columns> = { readonly [K in keyof C]?: Operand<C[K]> };
type Name<C> = keyof C & string;
type Group<F> = (query: F) => unknown;
type Path = readonly (string | number)[];
type DateInput = Date | string;
type NumberOperator = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=";

/** The relation names of a model. */
export type RelationNames<R, M> = keyof RelationsOf<R, M> & string;
type RelationAt<R, M, N> = N extends keyof RelationsOf<R, M> ? RelationsOf<R, M>[N] : never;
/** The query a relation callback gets: on the relation's target. */
export type TargetQuery<R, T> = T extends AnyModel ? Query<R, T, T["columns"], All, {}> : never;
/** The query of the relation `N` of `M`. */
export type RelatedQuery<R, M, N> = TargetQuery<R, TargetOf<RelationAt<R, M, N>>>;

/** Every way to filter. `R`: the schema's relations, `M`: the model, `C`: the columns in reach. */
export interface Filter<R, M, C extends Columns> {
  where<K extends Name<C>>(column: K, value: Operand<C[K]>): this;
  where<K extends Name<C>>(column: K, operator: ScalarOperator, value: Operand<C[K]> | null): this;
  where<K extends Name<C>>(column: K, operator: TextOperator, value: string): this;
  where<K extends Name<C>>(column: K, operator: ListOperator, value: readonly Operand<C[K]>[] | Subquery): this;
  where<K extends Name<C>>(column: K, operator: RangeOperator, value: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  where(group: Group<Filter<R, M, C>>): this;
  where(conditions: Conditions<C>): this;
  orWhere<K extends Name<C>>(column: K, value: Operand<C[K]>): this;
  orWhere<K extends Name<C>>(column: K, operator: ScalarOperator, value: Operand<C[K]> | null): this;
  orWhere<K extends Name<C>>(column: K, operator: TextOperator, value: string): this;
  orWhere<K extends Name<C>>(column: K, operator: ListOperator, value: readonly Operand<C[K]>[] | Subquery): this;
  orWhere<K extends Name<C>>(column: K, operator: RangeOperator, value: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  orWhere(group: Group<Filter<R, M, C>>): this;
  orWhere(conditions: Conditions<C>): this;
  whereNot<K extends Name<C>>(column: K, value: Operand<C[K]>): this;
  whereNot<K extends Name<C>>(column: K, operator: ScalarOperator, value: Operand<C[K]> | null): this;
  whereNot(group: Group<Filter<R, M, C>>): this;
  whereNot(conditions: Conditions<C>): this;
  orWhereNot<K extends Name<C>>(column: K, value: Operand<C[K]>): this;
  orWhereNot<K extends Name<C>>(column: K, operator: ScalarOperator, value: Operand<C[K]> | null): this;
  orWhereNot(group: Group<Filter<R, M, C>>): this;
  orWhereNot(conditions: Conditions<C>): this;
  whereIn<K extends Name<C>>(column: K, values: readonly Operand<C[K]>[] | Subquery): this;
  orWhereIn<K extends Name<C>>(column: K, values: readonly Operand<C[K]>[] | Subquery): this;
  whereNotIn<K extends Name<C>>(column: K, values: readonly Operand<C[K]>[] | Subquery): this;
  orWhereNotIn<K extends Name<C>>(column: K, values: readonly Operand<C[K]>[] | Subquery): this;
  whereNull(column: Name<C>): this;
  orWhereNull(column: Name<C>): this;
  whereNotNull(column: Name<C>): this;
  orWhereNotNull(column: Name<C>): this;
  whereBetween<K extends Name<C>>(column: K, range: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  orWhereBetween<K extends Name<C>>(column: K, range: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  whereNotBetween<K extends Name<C>>(column: K, range: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  orWhereNotBetween<K extends Name<C>>(column: K, range: readonly [Operand<C[K]>, Operand<C[K]>]): this;
  /** `%` and `_` are wildcards, `\` escapes them; case counts. */
  whereLike(column: Name<C>, pattern: string): this;
  orWhereLike(column: Name<C>, pattern: string): this;
  whereNotLike(column: Name<C>, pattern: string): this;
  orWhereNotLike(column: Name<C>, pattern: string): this;
  /** As `whereLike`, whatever the case. */
  whereILike(column: Name<C>, pattern: string): this;
  orWhereILike(column: Name<C>, pattern: string): this;
  /** The text is literal: `%` in it is a percent sign. Case counts. */
  whereContains(column: Name<C>, text: string): this;
  orWhereContains(column: Name<C>, text: string): this;
  whereStartsWith(column: Name<C>, text: string): this;
  orWhereStartsWith(column: Name<C>, text: string): this;
  whereEndsWith(column: Name<C>, text: string): this;
  orWhereEndsWith(column: Name<C>, text: string): this;
  whereColumn(left: Name<C>, right: Name<C> | `${string}.${string}`): this;
  whereColumn(left: Name<C>, operator: NumberOperator, right: Name<C> | `${string}.${string}`): this;
  orWhereColumn(left: Name<C>, right: Name<C> | `${string}.${string}`): this;
  orWhereColumn(left: Name<C>, operator: NumberOperator, right: Name<C> | `${string}.${string}`): this;
  whereExists(query: Subquery): this;
  orWhereExists(query: Subquery): this;
  whereNotExists(query: Subquery): this;
  orWhereNotExists(query: Subquery): this;
  /** Rows that have related rows; with an operator and a number, that many. */
  whereHas<N extends RelationNames<R, M>>(
    relation: N,
    build?: (query: RelatedQuery<R, M, N>) => unknown,
    operator?: NumberOperator,
    count?: number,
  ): this;
  orWhereHas<N extends RelationNames<R, M>>(
    relation: N,
    build?: (query: RelatedQuery<R, M, N>) => unknown,
    operator?: NumberOperator,
    count?: number,
  ): this;
  whereDoesntHave<N extends RelationNames<R, M>>(relation: N, build?: (query: RelatedQuery<R, M, N>) => unknown): this;
  orWhereDoesntHave<N extends RelationNames<R, M>>(
    relation: N,
    build?: (query: RelatedQuery<R, M, N>) => unknown,
  ): this;
  has<N extends RelationNames<R, M>>(relation: N, operator?: NumberOperator, count?: number): this;
  orHas<N extends RelationNames<R, M>>(relation: N, operator?: NumberOperator, count?: number): this;
  /** A scalar inside a document: `whereJson("meta", ["address", "city"], "=", "Rome")`. */
  whereJson(column: Name<C>, path: Path, value: string | number | boolean | null): this;
  whereJson(column: Name<C>, path: Path, operator: NumberOperator, value: string | number | boolean | null): this;
  orWhereJson(column: Name<C>, path: Path, value: string | number | boolean | null): this;
  orWhereJson(column: Name<C>, path: Path, operator: NumberOperator, value: string | number | boolean | null): this;
  whereJsonContains(column: Name<C>, value: unknown): this;
  orWhereJsonContains(column: Name<C>, value: unknown): this;
  whereJsonLength(column: Name<C>, length: number): this;
  whereJsonLength(column: Name<C>, operator: NumberOperator, length: number): this;
  orWhereJsonLength(column: Name<C>, length: number): this;
  orWhereJsonLength(column: Name<C>, operator: NumberOperator, length: number): this;
  /** The UTC calendar day; compiled to a range so that an index serves. */
  whereDate(column: Name<C>, value: DateInput): this;
  whereDate(column: Name<C>, operator: NumberOperator, value: DateInput): this;
  orWhereDate(column: Name<C>, value: DateInput): this;
  orWhereDate(column: Name<C>, operator: NumberOperator, value: DateInput): this;
  whereYear(column: Name<C>, value: number): this;
  whereYear(column: Name<C>, operator: NumberOperator, value: number): this;
  orWhereYear(column: Name<C>, value: number): this;
  orWhereYear(column: Name<C>, operator: NumberOperator, value: number): this;
  whereMonth(column: Name<C>, value: number): this;
  whereMonth(column: Name<C>, operator: NumberOperator, value: number): this;
  orWhereMonth(column: Name<C>, value: number): this;
  orWhereMonth(column: Name<C>, operator: NumberOperator, value: number): this;
  whereDay(column: Name<C>, value: number): this;
  whereDay(column: Name<C>, operator: NumberOperator, value: number): this;
  orWhereDay(column: Name<C>, value: number): this;
  orWhereDay(column: Name<C>, operator: NumberOperator, value: number): this;
  whereTime(column: Name<C>, value: string): this;
  whereTime(column: Name<C>, operator: NumberOperator, value: string): this;
  orWhereTime(column: Name<C>, value: string): this;
  orWhereTime(column: Name<C>, operator: NumberOperator, value: string): this;
  whereFullText(columns: Name<C> | readonly Name<C>[], text: string): this;
  orWhereFullText(columns: Name<C> | readonly Name<C>[], text: string): this;
  whereRaw(text: string, bindings?: readonly unknown[]): this;
  orWhereRaw(text: string, bindings?: readonly unknown[]): this;
  /** Calls `then` when the value is truthy, else `otherwise`. */
  when<T>(
    value: T,
    then: (query: this, value: NonNullable<T>) => unknown,
    otherwise?: (query: this, value: T) => unknown,
  ): this;
  unless<T>(value: T, then: (query: this, value: T) => unknown, otherwise?: (query: this, value: T) => unknown): this;
  tap(build: (query: this) => unknown): this;
}

/** What reading column `C` of aggregates gives. */
export type Aggregated<C extends AnyColumn> = Exclude<OutOf<C>, null>;
