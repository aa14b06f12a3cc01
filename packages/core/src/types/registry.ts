import type { AnyModel } from "../model/model.ts";
import type { Relation, RelationSet, TARGET } from "../model/define-relations.ts";
import type { OneOf, Targets } from "../model/relation-helpers.ts";
import type { Stored } from "./record.ts";
import type { RowOf, Simplify } from "./row.ts";

/** What a registry holds of one model. */
export type RegistryEntry<M, Rels> = RelationSet<M, Rels>;

/** Models by their key in a schema. */
export type ModelMap = Readonly<Record<string, AnyModel>>;
/** Relation sets by the key of their model. */
export type RelationMap<Models extends ModelMap> = { readonly [K in keyof Models]?: AnyRelationSet<Models[K]> };
export type AnyRelationSet<M extends AnyModel> = RelationSet<M, object>;
/** Relation sets of any models; only what every use needs, so that the compiler has little to compare. */
export type RelationSets = Readonly<Record<string, { readonly model: { readonly table: string } }>>;

declare const TABLES: unique symbol;

/**
 * The relations of a schema. What the compiler compares and copies is this name; what it stands for is made once, when a query asks.
 */
export interface Registry<Rels extends RelationSets> {
  readonly [TABLES]: Tables & RelationsByTable<Rels>;
}
/**
 * The relations of every model that has some, keyed by table name. Two models on one table make an entry for each.
 *
 * Before: `{ people: RelationSet<typeof User, { posts: … }> }`. After: `{ users: RelationSet<typeof User, { posts: … }> }`.
 */
type RelationsByTable<Rels extends RelationSets> = {
  readonly [K in keyof Rels as Rels[K]["model"]["table"]]: Rels[K];
};
declare const OPEN: unique symbol;
/**
 * What is known of any schema: nothing stands under a table without relations. With a property that is no table, so that the compiler, which
 * asks the parts of an intersection in turn whether they are mere index signatures, has its answer before it goes through all tables.
 */
interface Tables {
  readonly [table: string]: unknown;
  readonly [OPEN]: true;
}
interface AnyRegistry {
  readonly [TABLES]: Tables;
}

/** The registry of these models and their relations. */
export type RegistryOf<Models extends ModelMap, Rels extends RelationMap<Models> & RelationSets> = Registry<Rels>;

/**
 * The relations of one model; two models on one table are told apart by their class.
 *
 * Before: `{ users: RelationSet<typeof User, { posts: … }> }`, `typeof User`. After: `{ posts: … }`.
 */
export type RelationsOf<R, M extends AnyModel> = OrNone<
  OwnRelations<(R & AnyRegistry)[typeof TABLES][M["table"]], M>,
  M
>;
type OwnRelations<Set, M> = Set extends RelationSet<M, infer Rels> ? (M extends Set["model"] ? Rels : never) : never;
/** A model without relations has none; of a model that is not known anything may be said. */
type OrNone<Rels, M extends AnyModel> = [Rels] extends [never] ? NoneAt<M["table"]> : Rels;
type NoneAt<Table> = Table extends unknown ? (string extends Table ? never : {}) : never;

/** The model a relation leads to: `Relation<typeof Post, "many", never>` gives `typeof Post`. */
export type TargetOf<Rel> = Rel extends { readonly [TARGET]: infer T extends AnyModel } ? T : never;

/**
 * What reading a model gives; of several, a row of one of them that tells by `type` which.
 *
 * Before: `OneOf<{ post: typeof Post; video: typeof Video }>`. After: `{ type: "post"; title: string } | { type: "video"; … }`.
 */
export type RowIn<R, M extends AnyModel> = M extends OneOf<Targets> ? RowAmong<R, M> : Stored<R, M>;
type RowAmong<R, M> =
  M extends OneOf<infer T>
    ? { [K in keyof T & string]: Stored<R, T[K], BranchRow<K, RowOf<T[K]["columns"]>>> }[keyof T & string]
    : never;
/** A row of the target `K` of a `morphTo`. */
export type BranchRow<K, Item> = Simplify<{ type: K } & Item>;

/**
 * What loading a relation gives: a list of `Item`, one, or one or null; with the pivot's columns where they are shown.
 *
 * Before: `Relation<typeof Post, "many", never>`, `{ id: number }`. After: `{ id: number }[]`.
 */
export type Loaded<Rel, Item> =
  Rel extends Relation<unknown, infer Kind, infer Pivot> ? Counted<Pivot, Item>[Kind] : never;
/** What loading a relation without a callback gives. */
export type LoadedIn<R, Rel> =
  Rel extends Relation<infer T extends AnyModel, infer Kind, infer Pivot> ? Counted<Pivot, RowIn<R, T>>[Kind] : never;
interface Counted<Pivot, Item> {
  readonly many: WithPivot<Item, Pivot>[];
  readonly one: Item;
  readonly maybe: Item | null;
}
type WithPivot<Item, Pivot> = [Pivot] extends [never] ? Item : Item & { pivot: Pivot };
