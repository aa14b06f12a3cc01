import type { Columns } from "../model/column.ts";
import type { Between, Fills, FillsMorph, Holds, Lists, Relation } from "../model/define-relations.ts";
import type { AnyModel } from "../model/model.ts";
import type { RawExpression } from "../model/raw.ts";
import type { ExpressionOf } from "./documents.ts";
import type { Stored } from "./record.ts";
import type { RelationsOf, TargetOf } from "./registry.ts";
import type { InsertOf, RowOf, Simplify, UpdateOf } from "./row.ts";

/** The columns by which rows of a model point elsewhere: a nested parent gives them. */
type HeldBy<Rels> = {
  [N in keyof Rels]: Rels[N] extends LinkedBy<Holds<infer F> | Lists<infer F>> ? F : never;
}[keyof Rels];
/** Any relation with this link. */
type LinkedBy<Link> = Relation<unknown, "many" | "one" | "maybe", unknown, Link>;

/** The columns of a target that a polymorphic relation may fill, as far as their names tell. */
export type MorphFilled<T extends AnyModel> = Extract<keyof T["columns"], `${string}Type` | `${string}Id`>;

/** What an insert takes without the columns `F`, which something else gives; `X` may stand in place of a value. */
export type InsertWithout<C extends Columns, F, X> = Simplify<
  InsertOf<Omit<C, F & keyof C>, X> & UpdateOf<Pick<C, F & keyof C>, X>
>;

/**
 * What an insert takes with the rows around the new one: `F` are columns that the row above gives.
 *
 * After: `{ name: string; posts?: { title: string; comments?: … }[]; profile?: { … } }`.
 */
export type NestedInsert<R, M extends AnyModel, F = never> = InsertWithout<
  M["columns"],
  F | HeldBy<RelationsOf<R, M>>,
  ExpressionOf<R>
> & { readonly [N in keyof RelationsOf<R, M>]?: NestedValue<R, RelationsOf<R, M>[N]> };
type NestedValue<R, Rel> =
  Rel extends Relation<infer T extends AnyModel, infer Kind, infer _Pivot, infer Link>
    ? Kind extends "many"
      ? readonly NestedItem<R, T, Link>[]
      : NestedItem<R, T, Link> | null
    : never;
/** A row that points at the one above is new; one that is pointed at may be there already. */
type NestedItem<R, T extends AnyModel, Link> =
  Link extends Fills<infer F>
    ? NestedInsert<R, T, F>
    : Link extends FillsMorph
      ? NestedInsert<R, T, MorphFilled<T>>
      : Link extends Between<infer C>
        ? (NestedInsert<R, T> & { readonly pivot?: UpdateOf<C, RawExpression> }) | Stored<R, T, {}>
        : Link extends Holds<string> | Lists<string>
          ? NestedInsert<R, T> | Stored<R, T, {}>
          : never;

/** Refuses names in nested data that are neither columns nor relations. */
export type KnownNames<R, M extends AnyModel, D> = {
  readonly [K in keyof D]: K extends keyof M["columns"]
    ? unknown
    : K extends keyof RelationsOf<R, M>
      ? KnownBelow<R, RelationsOf<R, M>[K], D[K]>
      : never;
};
type KnownBelow<R, Rel, V> = V extends readonly (infer Item)[]
  ? Rel extends Relation<unknown, "many", unknown>
    ? readonly KnownItem<R, Rel, Item>[]
    : never
  : KnownItem<R, Rel, V>;
type KnownItem<R, Rel, V> = V extends null | { readonly $load: unknown }
  ? unknown
  : Rel extends LinkedBy<Between<infer C>>
    ? KnownNames<R, TargetOf<Rel>, Omit<V, "pivot">> & PivotNames<C, V>
    : KnownNames<R, TargetOf<Rel>, V>;

type PivotNames<C, V> = V extends { readonly pivot: infer P }
  ? { readonly pivot: { readonly [K in keyof P]: K extends keyof C ? unknown : never } }
  : unknown;

/**
 * What a nested insert gives: the stored row with the stored rows under the names that were given. Of a list whose rows have different
 * relations, each may be undefined.
 */
export type NestedRow<R, M extends AnyModel, D> = Stored<
  R,
  M,
  Simplify<
    RowOf<M["columns"]> & {
      -readonly [N in AnyKey<D> & keyof RelationsOf<R, M>]: NestedGiven<R, RelationsOf<R, M>[N], ValueAt<D, N>>;
    }
  >
>;
type AnyKey<D> = D extends unknown ? keyof D : never;
type ValueAt<D, N extends PropertyKey> = D extends { readonly [X in N]: infer V } ? V : undefined;
type NestedGiven<R, Rel, V> = V extends readonly (infer Item)[]
  ? NestedRowOf<R, TargetOf<Rel>, Item>[]
  : V extends null | undefined
    ? V
    : NestedRowOf<R, TargetOf<Rel>, V>;
type NestedRowOf<R, T extends AnyModel, V> =
  | Extract<V, { readonly $load: unknown }>
  | (Exclude<V, { readonly $load: unknown }> extends infer D
      ? [D] extends [never]
        ? never
        : NestedRow<R, T, D>
      : never);
