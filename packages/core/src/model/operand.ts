import type { ListOperator, RangeOperator, ScalarOperator, TextOperator } from "../types/filter.ts";
import type { RawExpression } from "./raw.ts";

/** What a column of values `T` is compared with: its own kind of value, or an expression. */
export type Operand<T> = T | RawExpression;
/**
 * What each operator compares a column with: `Operands<number>["in"]` is a list of numbers.
 */
export interface Operands<T>
  extends
    Record<ScalarOperator, Operand<T> | null>,
    Record<TextOperator, string>,
    Record<ListOperator, readonly Operand<T>[] | Subquery>,
    Record<RangeOperator, readonly [Operand<T>, Operand<T>]> {}
/** A query with one column, as the right side of `in` or `exists`. */
export interface Subquery {
  readonly toSQL: () => unknown;
}
