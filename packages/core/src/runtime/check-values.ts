import type { Adapter } from "../adapter/adapter.ts";
import { encoderOf, type Encode } from "../adapter/encoder.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import { RawExpression } from "../model/raw.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import type { RowValues } from "./write-values.ts";

/**
 * Refuses what a column cannot hold before the first of several statements is sent: each of them would look at its own values only, and
 * a bad one in the last row would be found after all others were written. Columns with a `prepare` are left to their statement, since it
 * may cost much, or count, and runs once for each value.
 */
export function checkValues(adapter: Adapter, info: ModelInfo, rows: readonly RowValues[]): void {
  const encoders = new Map<ColumnInfo, Encode>();
  for (const row of rows) {
    for (const [column, value] of row) {
      if (RawExpression.is(value) || column.definition.prepare !== undefined) continue;
      let encode = encoders.get(column);
      if (encode === undefined) {
        encode = encoderOf(placeOfColumn(info, column), adapter.codecFor);
        encoders.set(column, encode);
      }
      encode(value);
    }
  }
}

/** The values that were given, by column. */
export function givenValues(info: ModelInfo, data: object): RowValues {
  const given = [...info.columns.values()].filter(({ property }) => Object.hasOwn(data, property));
  const values = given.map((column): [ColumnInfo, unknown] => [column, Reflect.get(data, column.property)]);
  return new Map(values.filter(([, value]) => value !== undefined));
}
