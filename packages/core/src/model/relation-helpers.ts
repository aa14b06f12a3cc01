import type { RowOf } from "../types/row.ts";
import type { Columns } from "./column.ts";
import type { Between, Fills, FillsMorph, Holds, Lists, Relation } from "./define-relations.ts";
import type { AnyModel } from "./model.ts";
import type { ReferenceAction } from "./model-info.ts";
import type { ConstraintOptions } from "./relation.ts";

/** One column, or a list for a composite key. */
type Key<N> = N | readonly N[];
type Ordered<N> = N | readonly [N, "asc" | "desc"];
/** The names of a model's columns. */
type NamesIn<M extends AnyModel> = keyof M["columns"] & string;
/** A model with the columns `C`. */
type ModelOf<C> = { readonly columns: C } & AnyModel;

/** `Source` and `Target` are column names. */
interface TargetKeyOptions<Source, Target> {
  /** The column of the target that points at this model. */
  readonly foreignKey: Key<Target>;
  /** The column of this model it points at; the primary key unless said otherwise. */
  readonly localKey?: Key<Source>;
}
interface FirstOptions<Target> {
  /** Which row, when there are several; by primary key unless said otherwise. */
  readonly orderBy?: Ordered<Target>;
}
interface BelongsToOptions<Source, Target, Null> {
  /** The column of this model that points at the target. */
  readonly foreignKey: Key<Source>;
  /** The column of the target it points at; the primary key unless said otherwise. */
  readonly ownerKey?: Key<Target>;
  /** Asks the migrator for a foreign key. */
  readonly constraint?: true | ConstraintOptions;
  /** `false` where the target is always there: results show it without `null`. */
  readonly nullable?: Null;
}
/** `nullable: false` is there, and not only perhaps; and what only the run time knows has no type. */
type Firm<Null> = [Null] extends [false]
  ? { readonly nullable: false }
  : [Null] extends [true | undefined]
    ? unknown
    : { readonly nullable?: true };
interface PivotOptions<Source, Target, Through, P, S> {
  /** The model of the pivot table. */
  readonly through: ModelOf<Through>;
  readonly localKey?: Key<Source>;
  readonly targetKey?: Key<Target>;
  /** Pivot columns that results show under `pivot`. */
  readonly pivot?: readonly P[];
  /** `true` shows the pivot's `createdAt` and `updatedAt` too. */
  readonly timestamps?: S;
}
interface ReferencesOptions<Source, Target> {
  /** The column of this model that holds a list of the target's keys, where the engine reaches the entries of lists. */
  readonly references: Source;
  /** The column of the target that the entries equal; the primary key unless said otherwise. */
  readonly targetKey?: Target;
  readonly through?: undefined;
}
interface LeftKey<Through> {
  /** The pivot's column that points at this model. */
  readonly leftForeignKey: NoInfer<Key<keyof Through & string>>;
}
interface RightKey<Through> {
  /** The pivot's column that points at the target. */
  readonly rightForeignKey: NoInfer<Key<keyof Through & string>>;
}
interface ThroughOptions<Source, Target, Through> {
  /** The model between. */
  readonly through: ModelOf<Through>;
  /** The column of the model between that points at this model. */
  readonly firstKey: NoInfer<Key<keyof Through & string>>;
  /** The column of the target that points at the model between. */
  readonly secondKey: Key<Target>;
  /** The column of this model that `firstKey` points at; the primary key unless said otherwise. */
  readonly localKey?: Key<Source>;
  /** The column of the model between that `secondKey` points at; the primary key unless said otherwise. */
  readonly secondLocalKey?: NoInfer<Key<keyof Through & string>>;
}

/** `"id" | "ownerType" | "ownerId"` -> `"owner"`: the names that both columns of a polymorphic key stand for. */
type MorphName<Names> = Names extends `${infer N}Type` ? N : never;
/** The columns `${name}Type` and `${name}Id`, or others. */
type MorphColumns<Names> =
  | { readonly name: MorphName<Names>; readonly typeColumn?: undefined; readonly idColumn?: undefined }
  | { readonly name?: string; readonly typeColumn: Names; readonly idColumn?: Key<Names> }
  | { readonly name?: string; readonly typeColumn?: Names; readonly idColumn: Key<Names> };
interface MorphedOptions<Source> {
  /** The column of this model that the stored id points at; the primary key unless said otherwise. */
  readonly localKey?: Key<Source>;
}

/** The models that a `morphTo` leads to, by the name that rows show as `type`. */
export type Targets = Readonly<Record<string, AnyModel>>;
declare const TARGETS: unique symbol;
/** Stands for "a row of one of these models" where a relation has one model. */
export interface OneOf<T extends Targets> {
  readonly table: never;
  readonly columns: {};
  readonly [TARGETS]: T;
}
/** An arc's foreign keys. What would leave a row without a target is no choice here. */
export interface ArcConstraint {
  readonly onDelete?: Exclude<ReferenceAction, "set null" | "set default">;
  readonly deferrable?: boolean;
}
interface ArcOptions<T, Names> {
  readonly targets: T;
  /** For each target the column of this model that points at it; the database sees to it that exactly one is set. */
  readonly arc: { readonly [K in keyof T]: Key<Names> };
  readonly constraint?: true | ArcConstraint;
}
/** An arc whose targets are those of the `belongsTo` relations beside it, known to `createSchema` but not to the compiler. */
interface LooseArcOptions<A> {
  readonly arc: A;
  readonly targets?: undefined;
  readonly constraint?: true | ArcConstraint;
  readonly nullable?: boolean;
}
type LooseTargets<A> = { readonly [K in keyof A]: AnyModel };
type MorphToOptions<T, Names> = { readonly targets: T } & MorphColumns<Names>;

/** The pivot columns that rows show: those asked for, and the timestamps with `timestamps: true`. */
type Shown<Through extends Columns, P, S> = [P | S] extends [never]
  ? never
  : Pick<RowOf<Through>, (P | (S extends true ? "createdAt" | "updatedAt" : never)) & keyof Through>;

interface BelongsTo<Names extends string> {
  <T extends AnyModel, F extends Names, Null extends boolean | undefined = true>(
    target: T,
    options: BelongsToOptions<F, NamesIn<T>, Null> & Firm<Null>,
  ): Relation<T, [Null] extends [false] ? "one" : "maybe", never, Holds<F>>;
}
interface MorphTo<Names> {
  <const T extends Targets>(
    options: (ArcOptions<T, Names> | MorphToOptions<T, Names>) & { readonly nullable: false },
  ): Relation<OneOf<T>, "one", never, Holds<never>>;
  <const T extends Targets>(
    options: (ArcOptions<T, Names> | MorphToOptions<T, Names>) & { readonly nullable?: true },
  ): Relation<OneOf<T>, "maybe", never, Holds<never>>;
  <const A extends Readonly<Record<string, Key<Names>>>>(
    options: LooseArcOptions<A>,
  ): Relation<OneOf<LooseTargets<A>>, "maybe", never, Holds<never>>;
}
interface ManyToMany<Names extends string> {
  <T extends AnyModel, F extends Names>(
    target: T,
    options: ReferencesOptions<F, NamesIn<T>>,
  ): Relation<T, "many", never, Lists<F>>;
  <
    T extends AnyModel,
    Through extends Columns,
    const P extends keyof Through & string = never,
    S extends boolean = never,
  >(
    target: T,
    options: PivotOptions<Names, NamesIn<T>, Through, P, S> & LeftKey<Through> & RightKey<Through>,
  ): Relation<T, "many", Shown<Through, P, S>, Between<Through>>;
}
type MorphToMany<Names> = <
  T extends AnyModel,
  Through extends Columns,
  const P extends keyof Through & string = never,
  S extends boolean = never,
>(
  target: T,
  options: PivotOptions<Names, NamesIn<T>, Through, P, S> &
    RightKey<Through> &
    NoInfer<MorphColumns<keyof Through & string>>,
) => Relation<T, "many", Shown<Through, P, S>, Between<Through>>;
type MorphedByMany<Names> = <
  T extends AnyModel,
  Through extends Columns,
  const P extends keyof Through & string = never,
  S extends boolean = never,
>(
  target: T,
  options: PivotOptions<Names, NamesIn<T>, Through, P, S> &
    LeftKey<Through> &
    NoInfer<MorphColumns<keyof Through & string>>,
) => Relation<T, "many", Shown<Through, P, S>, Between<Through>>;

/** What `defineRelations` hands to its callback. `Names`: the columns of the model it is called for. */
export interface RelationHelpers<Names extends string> {
  readonly hasOne: <T extends AnyModel, F extends NamesIn<T>>(
    target: T,
    options: TargetKeyOptions<Names, F> & FirstOptions<NamesIn<T>>,
  ) => Relation<T, "maybe", never, Fills<F>>;
  readonly hasMany: <T extends AnyModel, F extends NamesIn<T>>(
    target: T,
    options: TargetKeyOptions<Names, F>,
  ) => Relation<T, "many", never, Fills<F>>;
  readonly belongsTo: BelongsTo<Names>;
  readonly manyToMany: ManyToMany<Names>;
  readonly hasOneThrough: <T extends AnyModel, Through extends Columns>(
    target: T,
    options: ThroughOptions<Names, NamesIn<T>, Through> & FirstOptions<NamesIn<T>>,
  ) => Relation<T, "maybe", never>;
  readonly hasManyThrough: <T extends AnyModel, Through extends Columns>(
    target: T,
    options: ThroughOptions<Names, NamesIn<T>, Through>,
  ) => Relation<T, "many", never>;
  readonly morphOne: <T extends AnyModel>(
    target: T,
    options: MorphColumns<NamesIn<T>> & MorphedOptions<Names> & FirstOptions<NamesIn<T>>,
  ) => Relation<T, "maybe", never, FillsMorph>;
  readonly morphMany: <T extends AnyModel>(
    target: T,
    options: MorphColumns<NamesIn<T>> & MorphedOptions<Names>,
  ) => Relation<T, "many", never, FillsMorph>;
  readonly morphTo: MorphTo<Names>;
  readonly morphToMany: MorphToMany<Names>;
  readonly morphedByMany: MorphedByMany<Names>;
}
