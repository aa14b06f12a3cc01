import { SchemaError } from "../errors/errors.ts";
import { namesNoTargets, withArcTargets } from "./arc-targets.ts";
import { checkRelation } from "./check-relation.ts";
import type { Columns } from "./column.ts";
import { modelInfo, type AnyModel } from "./model.ts";
import type { ModelInfo } from "./model-info.ts";
import { ruleOf } from "./relation-kind.ts";
import type { RelationHelpers } from "./relation-helpers.ts";
import type { Cardinality, RelationKind } from "./relation.ts";

/** Where a relation keeps its target, in the type only. */
export declare const TARGET: unique symbol;
declare const KIND: unique symbol;
declare const PIVOT: unique symbol;
declare const LINK: unique symbol;

/** A relation as data, before a schema settles its names. */
export interface RelationDefinition {
  readonly kind: RelationKind;
  readonly cardinality: Cardinality;
  /** The models it leads to; those of a `morphTo` have names. */
  readonly targets: ReadonlyMap<string, ModelInfo>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly through: ModelInfo | undefined;
}

/** The target's columns `F` point at the source: who writes through the relation leaves them out. */
export interface Fills<F extends string> {
  readonly fills: F;
}
/** The target's polymorphic key points at the source. Its columns are told by their names, and only when somebody asks. */
export interface FillsMorph {
  readonly fillsMorph: true;
}
/** The source's columns `F` point at the target. */
export interface Holds<F extends string> {
  readonly holds: F;
}
/** The source's columns `F` hold lists of the target's keys. */
export interface Lists<F extends string> {
  readonly lists: F;
}
/** A pivot with the columns `C` stands between. */
export interface Between<C extends Columns> {
  readonly between: C;
}

/** A relation of a model. Its target, cardinality, shown pivot columns and keys live in the type. */
export interface Relation<T, Kind extends Cardinality, Pivot, Link = unknown> extends RelationDefinition {
  readonly [TARGET]: T;
  readonly [KIND]: Kind;
  readonly [PIVOT]: Pivot;
  readonly [LINK]: Link;
}

/** The relations of one model, as `defineRelations` gives them. */
export interface RelationSet<M, R> {
  readonly model: M;
  readonly relations: R;
}

/**
 * Declares the relations of one model, apart from the model itself so that model files never import one another.
 *
 * `defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) }))`
 *
 * Pure. Wrong keys are compile errors and `SchemaError`s here. A relation makes no foreign key unless it says `constraint` or is an arc.
 */
export function defineRelations<M extends AnyModel, R extends Readonly<Record<string, RelationDefinition>>>(
  model: M,
  build: (helpers: RelationHelpers<keyof M["columns"] & string>) => R,
): RelationSet<M, R> {
  const source = requireModel(model, "defineRelations");
  const relations = build(relationHelpers(source));
  return Object.freeze({ model, relations: Object.freeze({ ...relations, ...withArcTargets(source, relations) }) });
}

function requireModel(model: unknown, where: string): ModelInfo {
  const info = modelInfo(model);
  if (info !== undefined) return info;
  throw new SchemaError(`${where} was given something that is not a model. Make models with defineModel.`);
}

function relationHelpers<Names extends string>(source: ModelInfo): RelationHelpers<Names> {
  const one = (kind: RelationKind) => (model: unknown, given: object) => {
    const target = requireModel(model, `The relation ${kind} of model "${source.table}"`);
    return define(source, kind, new Map([["", target]]), { ...given });
  };
  return withTargetTypes<Names>({
    hasOne: one("hasOne"),
    hasMany: one("hasMany"),
    belongsTo: one("belongsTo"),
    manyToMany: one("manyToMany"),
    hasOneThrough: one("hasOneThrough"),
    hasManyThrough: one("hasManyThrough"),
    morphOne: one("morphOne"),
    morphMany: one("morphMany"),
    morphTo: (given: object) => {
      const options: Readonly<Record<string, unknown>> = { ...given };
      return define(source, "morphTo", namedTargets(source, options["targets"]), options);
    },
    morphToMany: one("morphToMany"),
    morphedByMany: one("morphedByMany"),
  });
}

/** The helpers make plain definitions; target, cardinality and pivot are known to the compiler alone. */
function withTargetTypes<Names extends string>(helpers: object): RelationHelpers<Names> {
  return helpers as RelationHelpers<Names>;
}

function define(
  source: ModelInfo,
  kind: RelationKind,
  targets: ReadonlyMap<string, ModelInfo>,
  given: Readonly<Record<string, unknown>>,
): RelationDefinition {
  const { cardinality, others, morph } = ruleOf(kind, given);
  const through = others.includes("through")
    ? requireModel(given["through"], `${kind} of model "${source.table}" (through)`)
    : undefined;
  const options = morph === undefined || given["arc"] !== undefined ? given : withMorphColumns(given);
  const settled = cardinality === "maybe" && given["nullable"] === false ? "one" : cardinality;
  const definition: RelationDefinition = { kind, cardinality: settled, targets, options, through };
  if (!namesNoTargets(definition)) checkRelation(source, definition);
  return Object.freeze(definition);
}

function namedTargets(source: ModelInfo, given: unknown): ReadonlyMap<string, ModelInfo> {
  if (typeof given !== "object" || given === null) return new Map();
  const where = (name: string) => `The target "${name}" of the relation morphTo of model "${source.table}"`;
  return new Map(Object.entries(given).map(([name, model]) => [name, requireModel(model, where(name))]));
}

/** The columns that the name of a polymorphic key stands for. */
function withMorphColumns(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { name, typeColumn, idColumn } = given;
  if (typeof name !== "string" || name === "") return given;
  return { ...given, typeColumn: typeColumn ?? `${name}Type`, idColumn: idColumn ?? `${name}Id` };
}
