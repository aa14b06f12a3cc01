import type { Encode } from "../adapter/encoder.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { RawExpression } from "../model/raw.ts";

/** The values of one row by column, in the order of the model; a `Map` is one. */
export interface RowValues extends Iterable<[ColumnInfo, unknown]> {
  readonly size: number;
  get(column: ColumnInfo): unknown;
  has(column: ColumnInfo): boolean;
  keys(): Iterable<ColumnInfo>;
  values(): Iterable<unknown>;
  /** Whether the values have been through the encoders of their columns, but for those of columns with a `prepare`. */
  readonly isEncoded?: boolean;
}

/**
 * A row of a bulk write: lists, since a thousand of them are made at once, and rows that give the same columns share the list of these.
 */
export class RowOfLists implements RowValues {
  readonly columns: readonly ColumnInfo[];
  readonly list: unknown[];
  /** Whether a value is one that the database makes. */
  readonly hasExpression: boolean;
  isEncoded = false;

  constructor(columns: readonly ColumnInfo[], list: unknown[]) {
    this.columns = columns;
    this.list = list;
    this.hasExpression = list.some(isExpression);
  }

  /** Replaces the values by what is stored for them. */
  encode(encoders: readonly Encode[]): void {
    const { list } = this;
    for (let at = 0; at < list.length; at += 1) {
      const value = list[at];
      if (!this.hasExpression || !RawExpression.is(value)) list[at] = encoders[at]!(value);
    }
    this.isEncoded = true;
  }

  get size(): number {
    return this.columns.length;
  }

  get(column: ColumnInfo): unknown {
    return this.list[this.columns.indexOf(column)];
  }

  has(column: ColumnInfo): boolean {
    return this.columns.includes(column);
  }

  keys(): Iterable<ColumnInfo> {
    return this.columns;
  }

  values(): Iterable<unknown> {
    return this.list;
  }

  *[Symbol.iterator](): Generator<[ColumnInfo, unknown]> {
    for (const [at, column] of this.columns.entries()) yield [column, this.list[at]];
  }
}

function isExpression(value: unknown): boolean {
  return RawExpression.is(value);
}

/** Whether two rows give the same columns. */
export function sameColumns(first: RowValues, other: RowValues): boolean {
  if (first instanceof RowOfLists && other instanceof RowOfLists && first.columns === other.columns) return true;
  return other.size === first.size && [...first.keys()].every((column) => other.has(column));
}
