import type { AnyModel } from "../model/model.ts";
import type { Relation, RelationSet, TARGET } from "../model/define-relations.ts";
import type { OneOf } from "../model/relation-helpers.ts";
import type { Stored } from "./record.ts";
import type { RowOf, Simplify } from "./row.ts";

/** One model of a schema with its relations. It is the entry of just that model, not of one that has the same columns and more. */
export interface RegistryEntry<in out M, Rels> {
  readonly model: M;
  readonly relations: Rels;
}

/** Models by their key in a schema. */
export type ModelMap = Readonly<Record<string, AnyModel>>;
/** Relation sets by the key of their model. */
export type RelationMap<Models extends ModelMap> = { readonly [K in keyof Models]?: AnyRelationSet<Models[K]> };
export type AnyRelationSet<M extends AnyModel> = RelationSet<M, object>;

type RelationsAt<Rels, K> = K extends keyof Rels ? RelationsIn<Rels[K]> : {};
type RelationsIn<Set> = Set extends { readonly relations: infer R } ? R : {};

/**
 * The relations of every model, keyed by table name and computed once for a schema.
 *
 * Before: `{ users: typeof User }`, `{ users: RelationSet<typeof User, { posts: … }> }`.
 * After: `{ users: RegistryEntry<typeof User, { posts: … }> }`, whatever the keys of the schema are.
 */
export type RegistryOf<Models extends ModelMap, Rels> = {
  readonly [K in keyof Models as Models[K]["table"]]: EntryAt<Models, Rels, K>;
};
/** Two models on one table make `K` two keys: an entry for each. */
type EntryAt<Models, Rels, K> = K extends keyof Models ? RegistryEntry<Models[K], RelationsAt<Rels, K>> : never;

/**
 * The relations of one model; two models on one table are told apart by their class.
 *
 * Before: `{ users: RegistryEntry<typeof User, { posts: … }> }`, `typeof User`. After: `{ posts: … }`.
 */
export type RelationsOf<R, M extends AnyModel> = R extends { readonly [X in M["table"]]: infer Entry }
  ? EntryRelations<Entry, M>
  : {};
type EntryRelations<Entry, M> = Entry extends RegistryEntry<M, infer Rels> ? Rels : never;

/** The model a relation leads to: `Relation<typeof Post, "many", never>` gives `typeof Post`. */
export type TargetOf<Rel> = Rel extends { readonly [TARGET]: infer T extends AnyModel } ? T : never;

/**
 * What reading a model gives; of several, a row of one of them that tells by `type` which.
 *
 * Before: `OneOf<{ post: typeof Post; video: typeof Video }>`. After: `{ type: "post"; title: string } | { type: "video"; … }`.
 */
export type RowIn<R, M> =
  M extends OneOf<infer T>
    ? { [K in keyof T & string]: Stored<R, T[K], BranchRow<K, RowOf<T[K]["columns"]>>> }[keyof T & string]
    : M extends AnyModel
      ? Stored<R, M>
      : never;
/** A row of the target `K` of a `morphTo`. */
export type BranchRow<K, Item> = Simplify<{ type: K } & Item>;

/**
 * What loading a relation gives: a list of `Item`, one, or one or null; with the pivot's columns where they are shown.
 *
 * Before: `Relation<typeof Post, "many", never>`, `{ id: number }`. After: `{ id: number }[]`.
 */
export type Loaded<Rel, Item> =
  Rel extends Relation<infer _T, infer Kind, infer Pivot>
    ? Kind extends "many"
      ? WithPivot<Item, Pivot>[]
      : Kind extends "one"
        ? Item
        : Item | null
    : never;
type WithPivot<Item, Pivot> = [Pivot] extends [never] ? Item : Item & { pivot: Pivot };
