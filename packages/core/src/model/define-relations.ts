import { SchemaError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { RowOf } from "../types/row.ts";
import type { Columns } from "./column.ts";
import { modelInfo, type AnyModel } from "./model.ts";
import type { ModelInfo } from "./model-info.ts";
import type { Cardinality, ConstraintOptions, RelationKind } from "./relation.ts";

/** Where a relation keeps its target, in the type only. */
export declare const TARGET: unique symbol;
declare const KIND: unique symbol;
declare const PIVOT: unique symbol;

/** A relation as data, before a schema settles its names. */
export interface RelationDefinition {
  readonly kind: RelationKind;
  readonly cardinality: Cardinality;
  readonly target: ModelInfo;
  readonly options: Readonly<Record<string, unknown>>;
  readonly through: ModelInfo | undefined;
}

/** A relation of a model. Its target, cardinality and pivot columns live in the type. */
export interface Relation<T, Kind extends Cardinality, Pivot> extends RelationDefinition {
  readonly [TARGET]: T;
  readonly [KIND]: Kind;
  readonly [PIVOT]: Pivot;
}

/** The relations of one model, as `defineRelations` gives them. */
export interface RelationSet<M, R> {
  readonly model: M;
  readonly relations: R;
}

/** One column, or a list for a composite key. */
type Key<N> = N | readonly N[];
type Ordered<N> = N | readonly [N, "asc" | "desc"];

/** `Source` and `Target` are column names. */
interface TargetKeyOptions<Source, Target> {
  /** The column of the target that points at this model. */
  readonly foreignKey: Key<Target>;
  /** The column of this model it points at; the primary key unless said otherwise. */
  readonly localKey?: Key<Source>;
}
interface HasOneOptions<Source, Target> extends TargetKeyOptions<Source, Target> {
  /** Which row, when there are several; by primary key unless said otherwise. */
  readonly orderBy?: Ordered<Target>;
}
interface BelongsToOptions<Source, Target> {
  /** The column of this model that points at the target. */
  readonly foreignKey: Key<Source>;
  /** The column of the target it points at; the primary key unless said otherwise. */
  readonly ownerKey?: Key<Target>;
  /** Asks the migrator for a foreign key. */
  readonly constraint?: true | ConstraintOptions;
}
interface ManyToManyOptions<Source, Target, Through, P> {
  /** The model of the pivot table. */
  readonly through: { readonly columns: Through } & AnyModel;
  /** The pivot's column that points at this model. */
  readonly leftForeignKey: NoInfer<Key<keyof Through & string>>;
  /** The pivot's column that points at the target. */
  readonly rightForeignKey: NoInfer<Key<keyof Through & string>>;
  readonly localKey?: Key<Source>;
  readonly targetKey?: Key<Target>;
  /** Pivot columns that results show under `pivot`. */
  readonly pivot?: readonly P[];
}

/** The names of a model's columns. */
type NamesIn<M extends AnyModel> = keyof M["columns"] & string;

interface BelongsTo<Names> {
  <T extends AnyModel>(
    target: T,
    options: BelongsToOptions<Names, NamesIn<T>> & { readonly nullable: false },
  ): Relation<T, "one", never>;
  <T extends AnyModel>(
    target: T,
    options: BelongsToOptions<Names, NamesIn<T>> & { readonly nullable?: true },
  ): Relation<T, "maybe", never>;
}
interface ManyToMany<Names> {
  <T extends AnyModel, Through extends Columns>(
    target: T,
    options: ManyToManyOptions<Names, NamesIn<T>, Through, never> & { readonly pivot?: undefined },
  ): Relation<T, "many", never>;
  <T extends AnyModel, Through extends Columns, const P extends keyof Through & string>(
    target: T,
    options: ManyToManyOptions<Names, NamesIn<T>, Through, P>,
  ): Relation<T, "many", Pick<RowOf<Through>, P>>;
}

/** What `defineRelations` hands to its callback. `Names`: the columns of the model it is called for. */
export interface RelationHelpers<Names> {
  readonly hasOne: <T extends AnyModel>(
    target: T,
    options: HasOneOptions<Names, NamesIn<T>>,
  ) => Relation<T, "maybe", never>;
  readonly hasMany: <T extends AnyModel>(
    target: T,
    options: TargetKeyOptions<Names, NamesIn<T>>,
  ) => Relation<T, "many", never>;
  readonly belongsTo: BelongsTo<Names>;
  readonly manyToMany: ManyToMany<Names>;
}

/**
 * Declares the relations of one model, apart from the model itself so that model files never import one another.
 *
 * `defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) }))`
 *
 * Pure. Wrong keys are compile errors and `SchemaError`s here. A relation makes no foreign key unless it says `constraint`.
 */
export function defineRelations<M extends AnyModel, R extends Readonly<Record<string, RelationDefinition>>>(
  model: M,
  build: (helpers: RelationHelpers<NamesIn<M>>) => R,
): RelationSet<M, R> {
  const source = requireModel(model, "defineRelations");
  const relations = build(relationHelpers(source));
  return Object.freeze({ model, relations: Object.freeze({ ...relations }) });
}

function requireModel(model: unknown, where: string): ModelInfo {
  const info = modelInfo(model);
  if (info !== undefined) return info;
  throw new SchemaError(`${where} was given something that is not a model. Make models with defineModel.`);
}

function relationHelpers<Names>(source: ModelInfo): RelationHelpers<Names> {
  const make = (kind: RelationKind, model: unknown, given: object, cardinality: Cardinality): RelationDefinition => {
    const target = requireModel(model, `The relation ${kind} of model "${source.table}"`);
    const options: Readonly<Record<string, unknown>> = { ...given };
    const through =
      kind === "manyToMany"
        ? requireModel(options["through"], `manyToMany of model "${source.table}" (through)`)
        : undefined;
    const definition: RelationDefinition = { kind, cardinality, target, options, through };
    checkOptionNames(source, definition);
    checkKeys(source, definition);
    return Object.freeze(definition);
  };
  return withTargetTypes<Names>({
    hasOne: (target: unknown, options: object) => make("hasOne", target, options, "maybe"),
    hasMany: (target: unknown, options: object) => make("hasMany", target, options, "many"),
    belongsTo: (target: unknown, options: { nullable?: boolean }) =>
      make("belongsTo", target, options, options.nullable === false ? "one" : "maybe"),
    manyToMany: (target: unknown, options: object) => make("manyToMany", target, options, "many"),
  });
}

/** The helpers make plain definitions; target, cardinality and pivot are known to the compiler alone. */
function withTargetTypes<Names>(helpers: object): RelationHelpers<Names> {
  return helpers as RelationHelpers<Names>;
}

const optionNames: Readonly<Record<RelationKind, readonly string[]>> = {
  hasOne: ["foreignKey", "localKey", "orderBy"],
  hasMany: ["foreignKey", "localKey"],
  belongsTo: ["foreignKey", "ownerKey", "nullable", "constraint"],
  manyToMany: ["through", "leftForeignKey", "rightForeignKey", "localKey", "targetKey", "pivot"],
};

function checkOptionNames(source: ModelInfo, { kind, options }: RelationDefinition): void {
  const stray = Object.keys(options).find((name) => !optionNames[kind].includes(name));
  if (stray === undefined) return;
  throw new SchemaError(
    `The relation ${kind} of model "${source.table}" has the option "${stray}", which it does not take. ` +
      `It takes: ${optionNames[kind].join(", ")}.`,
    { model: source.table },
  );
}

function checkKeys(source: ModelInfo, { kind, options, target, through }: RelationDefinition): void {
  const sides: Readonly<Record<string, ModelInfo | undefined>> = {
    foreignKey: kind === "belongsTo" ? source : target,
    localKey: source,
    ownerKey: target,
    targetKey: target,
    leftForeignKey: through,
    rightForeignKey: through,
    pivot: through,
  };
  for (const [option, model] of Object.entries(sides)) {
    if (model === undefined || options[option] === undefined) continue;
    for (const name of [options[option]].flat()) {
      if (typeof name === "string" && model.columns.has(name)) continue;
      throw new SchemaError(
        `"${option}" of the relation ${kind} of model "${source.table}" names the column ${shown(name)}, ` +
          `which model "${model.table}" does not have. It has: ${[...model.columns.keys()].join(", ")}.`,
        { model: source.table },
      );
    }
  }
  for (const option of kind === "manyToMany" ? ["leftForeignKey", "rightForeignKey"] : ["foreignKey"]) {
    if (options[option] !== undefined) continue;
    throw new SchemaError(`The relation ${kind} of model "${source.table}" needs "${option}".`, {
      model: source.table,
    });
  }
}
