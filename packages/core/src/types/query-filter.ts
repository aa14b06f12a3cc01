import type { AnyColumn, Columns, OperandOf, OperandsOf, OutOf } from "../model/column.ts";
import type { Subquery } from "../model/operand.ts";
import type { TARGET } from "../model/define-relations.ts";
import type { AnyModel } from "../model/model.ts";
import type { OneOf, Targets } from "../model/relation-helpers.ts";
import type { DottedPath, PathValue } from "./document-path.ts";
import type { SqlOnly, TextOf } from "./documents.ts";
import type { Operator, ScalarOperator } from "./filter.ts";
import type { All, KeyInput, Query } from "./query.ts";
import type { RelationsOf } from "./registry.ts";
import type { Inherited, RowOf } from "./row.ts";

/** Equalities by column: scalars only, `null` is IS NULL. */
export type Conditions<C extends Columns> = { readonly [K in keyof C]?: OperandOf<C[K]> | Inherited<K> };
type Group<F> = (query: F) => unknown;
type Path = readonly (string | number)[];
type DateInput = Date | string;
type NumberOperator = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=";

/** The query of a model before anything was said. */
export type ModelQuery<R, M extends AnyModel> = Query<R, M, RelationsOf<R, M>, M["columns"], All, {}>;
/** The query of a relation, on its target: `Relation<typeof Post, "many", never>` gives `ModelQuery<R, typeof Post>`. */
export type RelatedQuery<R, Rel> = Rel extends { readonly [TARGET]: infer T extends AnyModel }
  ? Queries<R, T>[OnceKnown<T>]
  : never;
/**
 * The query as a property that is looked up once its model is known. Inference from a callback goes into the types of its parameters; of a
 * query it would walk through every model of the schema.
 */
interface Queries<R, M extends AnyModel> {
  readonly query: ModelQuery<R, M>;
}
type OnceKnown<M> = M extends unknown ? "query" : never;
/** Adds conditions to the query of a relation; of a `morphTo` to those of the targets that are meant. */
export type RelatedBuild<R, Rel> = Rel extends { readonly [TARGET]: OneOf<infer T> }
  ? { readonly [K in keyof T]?: true | ((query: ModelQuery<R, T[K]>) => unknown) }
  : (query: RelatedQuery<R, Rel>) => unknown;

/** A model that a `morphTo` leads to, a row of one, or `null`. */
type MorphTarget<Rel> = Rel extends { readonly [TARGET]: OneOf<infer T> } ? TargetIn<T>[keyof T] | null : never;
type TargetIn<T extends Targets> = { [K in keyof T]: T[K] | Partial<RowOf<T[K]["columns"]>> };
/** A row is its own key. */
type MorphKey<T> = T extends AnyModel ? KeyInput<T["columns"]> : undefined;

/** Every way to filter. `R`: the schema's relations by table, `Rels`: the model's own, `C`: the columns in reach. */
export interface Filter<in out R, in out Rels, in out C extends Columns> {
  where<K extends keyof C & string>(column: K, value: OperandOf<C[K]>): this;
  where<K extends keyof C & string>(column: K, operator: ScalarOperator, value: OperandOf<C[K]> | null): this;
  where<K extends keyof C & string, O extends Operator>(column: K, operator: O, value: OperandsOf<C[K]>[O]): this;
  where(group: Group<Filter<R, Rels, C>>): this;
  /** A path into a column of documents: `where("meta.author.name", "Ann")`. Keys of any other form are for `whereJson`. */
  where<P extends DottedPath>(path: P, value: PathValue<C, P>): this;
  where<P extends DottedPath>(path: P, operator: NumberOperator, value: PathValue<C, P>): this;
  where(conditions: Conditions<C>): this;
  orWhere<K extends keyof C & string>(column: K, value: OperandOf<C[K]>): this;
  orWhere<K extends keyof C & string>(column: K, operator: ScalarOperator, value: OperandOf<C[K]> | null): this;
  orWhere<K extends keyof C & string, O extends Operator>(column: K, operator: O, value: OperandsOf<C[K]>[O]): this;
  orWhere(group: Group<Filter<R, Rels, C>>): this;
  orWhere<P extends DottedPath>(path: P, value: PathValue<C, P>): this;
  orWhere<P extends DottedPath>(path: P, operator: NumberOperator, value: PathValue<C, P>): this;
  orWhere(conditions: Conditions<C>): this;
  whereNot<K extends keyof C & string>(column: K, value: OperandOf<C[K]>): this;
  whereNot<K extends keyof C & string>(column: K, operator: ScalarOperator, value: OperandOf<C[K]> | null): this;
  whereNot(group: Group<Filter<R, Rels, C>>): this;
  whereNot<P extends DottedPath>(path: P, value: PathValue<C, P>): this;
  whereNot<P extends DottedPath>(path: P, operator: NumberOperator, value: PathValue<C, P>): this;
  whereNot(conditions: Conditions<C>): this;
  orWhereNot<K extends keyof C & string>(column: K, value: OperandOf<C[K]>): this;
  orWhereNot<K extends keyof C & string>(column: K, operator: ScalarOperator, value: OperandOf<C[K]> | null): this;
  orWhereNot(group: Group<Filter<R, Rels, C>>): this;
  orWhereNot<P extends DottedPath>(path: P, value: PathValue<C, P>): this;
  orWhereNot<P extends DottedPath>(path: P, operator: NumberOperator, value: PathValue<C, P>): this;
  orWhereNot(conditions: Conditions<C>): this;
  whereIn<K extends keyof C & string>(column: K, values: readonly OperandOf<C[K]>[] | Subquery): this;
  orWhereIn<K extends keyof C & string>(column: K, values: readonly OperandOf<C[K]>[] | Subquery): this;
  whereNotIn<K extends keyof C & string>(column: K, values: readonly OperandOf<C[K]>[] | Subquery): this;
  orWhereNotIn<K extends keyof C & string>(column: K, values: readonly OperandOf<C[K]>[] | Subquery): this;
  whereNull(column: keyof C & string): this;
  orWhereNull(column: keyof C & string): this;
  whereNotNull(column: keyof C & string): this;
  orWhereNotNull(column: keyof C & string): this;
  whereBetween<K extends keyof C & string>(column: K, range: readonly [OperandOf<C[K]>, OperandOf<C[K]>]): this;
  orWhereBetween<K extends keyof C & string>(column: K, range: readonly [OperandOf<C[K]>, OperandOf<C[K]>]): this;
  whereNotBetween<K extends keyof C & string>(column: K, range: readonly [OperandOf<C[K]>, OperandOf<C[K]>]): this;
  orWhereNotBetween<K extends keyof C & string>(column: K, range: readonly [OperandOf<C[K]>, OperandOf<C[K]>]): this;
  /** `%` and `_` are wildcards, `\` escapes them; case counts. */
  whereLike(column: keyof C & string, pattern: string): this;
  orWhereLike(column: keyof C & string, pattern: string): this;
  whereNotLike(column: keyof C & string, pattern: string): this;
  orWhereNotLike(column: keyof C & string, pattern: string): this;
  /** As `whereLike`, whatever the case. */
  whereILike(column: keyof C & string, pattern: string): this;
  orWhereILike(column: keyof C & string, pattern: string): this;
  /** The text is literal: `%` in it is a percent sign. Case counts. */
  whereContains(column: keyof C & string, text: string): this;
  orWhereContains(column: keyof C & string, text: string): this;
  whereStartsWith(column: keyof C & string, text: string): this;
  orWhereStartsWith(column: keyof C & string, text: string): this;
  whereEndsWith(column: keyof C & string, text: string): this;
  orWhereEndsWith(column: keyof C & string, text: string): this;
  whereColumn(
    left: (keyof C & string) | `${string}.${string}`,
    right: (keyof C & string) | `${string}.${string}`,
  ): this;
  whereColumn(
    left: (keyof C & string) | `${string}.${string}`,
    operator: NumberOperator,
    right: (keyof C & string) | `${string}.${string}`,
  ): this;
  orWhereColumn(
    left: (keyof C & string) | `${string}.${string}`,
    right: (keyof C & string) | `${string}.${string}`,
  ): this;
  orWhereColumn(
    left: (keyof C & string) | `${string}.${string}`,
    operator: NumberOperator,
    right: (keyof C & string) | `${string}.${string}`,
  ): this;
  whereExists(query: Subquery): this;
  orWhereExists(query: Subquery): this;
  whereNotExists(query: Subquery): this;
  orWhereNotExists(query: Subquery): this;
  /** Rows that have related rows; with an operator and a number, that many. */
  whereHas<N extends keyof Rels & string>(
    relation: N,
    build?: RelatedBuild<R, Rels[N]>,
    operator?: NumberOperator,
    count?: number,
  ): this;
  orWhereHas<N extends keyof Rels & string>(
    relation: N,
    build?: RelatedBuild<R, Rels[N]>,
    operator?: NumberOperator,
    count?: number,
  ): this;
  whereDoesntHave<N extends keyof Rels & string>(relation: N, build?: RelatedBuild<R, Rels[N]>): this;
  orWhereDoesntHave<N extends keyof Rels & string>(relation: N, build?: RelatedBuild<R, Rels[N]>): this;
  has<N extends keyof Rels & string>(relation: N, operator?: NumberOperator, count?: number): this;
  orHas<N extends keyof Rels & string>(relation: N, operator?: NumberOperator, count?: number): this;
  /** Rows whose `morphTo` leads to a row, to the row of a model with a key, to any row of a model, or nowhere with `null`. */
  whereMorphedTo<N extends keyof Rels & string, T extends MorphTarget<Rels[N]>>(
    relation: N,
    target: T,
    key?: MorphKey<T>,
  ): this;
  orWhereMorphedTo<N extends keyof Rels & string, T extends MorphTarget<Rels[N]>>(
    relation: N,
    target: T,
    key?: MorphKey<T>,
  ): this;
  /** A scalar inside a document: `whereJson("meta", ["address", "city"], "=", "Rome")`. */
  whereJson(column: keyof C & string, path: Path, value: string | number | boolean | null): this;
  whereJson(
    column: keyof C & string,
    path: Path,
    operator: NumberOperator,
    value: string | number | boolean | null,
  ): this;
  orWhereJson(column: keyof C & string, path: Path, value: string | number | boolean | null): this;
  orWhereJson(
    column: keyof C & string,
    path: Path,
    operator: NumberOperator,
    value: string | number | boolean | null,
  ): this;
  whereJsonContains(column: keyof C & string, value: unknown): this;
  orWhereJsonContains(column: keyof C & string, value: unknown): this;
  whereJsonLength(column: keyof C & string, length: number): this;
  whereJsonLength(column: keyof C & string, operator: NumberOperator, length: number): this;
  orWhereJsonLength(column: keyof C & string, length: number): this;
  orWhereJsonLength(column: keyof C & string, operator: NumberOperator, length: number): this;
  /** The UTC calendar day; compiled to a range so that an index serves. */
  whereDate(column: keyof C & string, value: DateInput): this;
  whereDate(column: keyof C & string, operator: NumberOperator, value: DateInput): this;
  orWhereDate(column: keyof C & string, value: DateInput): this;
  orWhereDate(column: keyof C & string, operator: NumberOperator, value: DateInput): this;
  whereYear(column: keyof C & string, value: number): this;
  whereYear(column: keyof C & string, operator: NumberOperator, value: number): this;
  orWhereYear(column: keyof C & string, value: number): this;
  orWhereYear(column: keyof C & string, operator: NumberOperator, value: number): this;
  whereMonth(column: keyof C & string, value: number): this;
  whereMonth(column: keyof C & string, operator: NumberOperator, value: number): this;
  orWhereMonth(column: keyof C & string, value: number): this;
  orWhereMonth(column: keyof C & string, operator: NumberOperator, value: number): this;
  whereDay(column: keyof C & string, value: number): this;
  whereDay(column: keyof C & string, operator: NumberOperator, value: number): this;
  orWhereDay(column: keyof C & string, value: number): this;
  orWhereDay(column: keyof C & string, operator: NumberOperator, value: number): this;
  whereTime(column: keyof C & string, value: string): this;
  whereTime(column: keyof C & string, operator: NumberOperator, value: string): this;
  orWhereTime(column: keyof C & string, value: string): this;
  orWhereTime(column: keyof C & string, operator: NumberOperator, value: string): this;
  whereFullText(this: SqlOnly<R>, columns: (keyof C & string) | readonly (keyof C & string)[], text: string): this;
  orWhereFullText(this: SqlOnly<R>, columns: (keyof C & string) | readonly (keyof C & string)[], text: string): this;
  whereRaw(text: TextOf<R>, bindings?: readonly unknown[]): this;
  orWhereRaw(text: TextOf<R>, bindings?: readonly unknown[]): this;
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
