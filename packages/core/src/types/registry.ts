import type { AnyModel } from "../model/model.ts";
import type { Relation, RelationSet } from "../model/define-relations.ts";

/** One model of a schema with its relations. */
export interface RegistryEntry<M, Rels> {
  readonly model: M;
  readonly relations: Rels;
}

type RelationsAt<Rels, K> = K extends keyof Rels ? (Rels[K] extends { readonly relations: infer R } ? R : {}) : {};

/**
 * The relations of every model, keyed by table name and computed once for a schema.
 *
 * Before: `{ users: typeof User }`, `{ users: RelationSet<typeof User, { posts: … }> }`.
 * After: `{ users: RegistryEntry<typeof User, { posts: … }> }`, whatever the keys of the schema are.
 */
export type RegistryOf<Models, Rels> = {
  readonly [
    K in keyof Models as Models[K] extends { readonly table: infer N extends string } ? N : never
  ]: RegistryEntry<Models[K], RelationsAt<Rels, K>>;
};

/** The relations of one model; two models on one table are told apart by their class. */
export type RelationsOf<R, M> = M extends { readonly table: infer N extends string }
  ? R extends { readonly [X in N]: infer E }
    ? EntryRelations<E, M>
    : {}
  : {};
type EntryRelations<E, M> = E extends RegistryEntry<infer X, infer Rels> ? (M extends X ? Rels : never) : never;

/** The model a relation leads to. */
export type TargetOf<Rel> = Rel extends Relation<infer T, infer _K, infer _P> ? T : never;

/** What loading a relation gives: a list of `Item`, one, or one or null; with the pivot's columns where they are shown. */
export type Loaded<Rel, Item> =
  Rel extends Relation<infer _T, infer Kind, infer Pivot>
    ? Kind extends "many"
      ? WithPivot<Item, Pivot>[]
      : Kind extends "one"
        ? Item
        : Item | null
    : never;
type WithPivot<Item, Pivot> = [Pivot] extends [never] ? Item : Item & { pivot: Pivot };

export type AnyRelationSet<M extends AnyModel> = RelationSet<M, object>;
