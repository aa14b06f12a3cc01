import type { Columns, OutOf } from "../model/column.ts";
import type { Operator } from "./filter.ts";

/** A property of the model, or a raw database column name such as `"deleted_at"`. */
type Name<C extends Columns> = (keyof C & string) | (string & {});
type Value<C extends Columns, K> = K extends keyof C ? OutOf<C[K]> : unknown;

/** The draft a hook gets. Calls take effect in place; nothing need be returned. */
export interface HookQuery<C extends Columns> {
  where<K extends Name<C>>(column: K, value: Value<C, K>): this;
  where<K extends Name<C>>(column: K, operator: Operator, value: Value<C, K> | readonly unknown[] | null): this;
  where(group: (query: HookQuery<C>) => unknown): this;
  orWhere<K extends Name<C>>(column: K, value: Value<C, K>): this;
  orWhere<K extends Name<C>>(column: K, operator: Operator, value: Value<C, K> | readonly unknown[] | null): this;
  orWhere(group: (query: HookQuery<C>) => unknown): this;
  whereNull(column: Name<C>): this;
  whereNotNull(column: Name<C>): this;
  orWhereNull(column: Name<C>): this;
  orWhereNotNull(column: Name<C>): this;
  whereIn<K extends Name<C>>(column: K, values: readonly Value<C, K>[]): this;
  whereNotIn<K extends Name<C>>(column: K, values: readonly Value<C, K>[]): this;
  whereBetween<K extends Name<C>>(column: K, range: readonly [Value<C, K>, Value<C, K>]): this;
  whereColumn(left: Name<C>, operator: Operator, right: Name<C>): this;
  whereRaw(text: string, bindings?: readonly unknown[]): this;
}
