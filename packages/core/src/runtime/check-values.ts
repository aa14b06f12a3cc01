import type { Adapter } from "../adapter/adapter.ts";
import { encoderOf, type Encode } from "../adapter/encoder.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import { RawExpression } from "../model/raw.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import type { RowOfLists, RowValues } from "./row-values.ts";

/**
 * Refuses what a column cannot hold before the first of several statements is sent: each of them would look at its own values only, and
 * a bad one in the last row would be found after all others were written. Columns with a `prepare` are left to their statement, since it
 * may cost much, or count, and runs once for each value.
 */
export function checkValues(adapter: Adapter, info: ModelInfo, rows: readonly RowValues[]): void {
  const encoders = encodersOf(adapter, info);
  for (const row of rows) {
    for (const [column, value] of row) if (!RawExpression.is(value)) encoders.of(column)(value);
  }
}

/**
 * Encodes the values of the rows in their place, refused as by `checkValues`: what was encoded to be looked at need not be encoded again
 * to be sent.
 */
export function encodeRows(adapter: Adapter, info: ModelInfo, rows: readonly RowOfLists[]): void {
  const encoders = encodersOf(adapter, info);
  let columns: readonly ColumnInfo[] = [];
  let encode: readonly Encode[] = [];
  for (const row of rows) {
    if (row.columns !== columns) {
      columns = row.columns;
      encode = columns.map((column) => encoders.of(column));
    }
    row.encode(encode);
  }
}

const known = new WeakMap<Adapter, WeakMap<ModelInfo, Encoders>>();

/** The encoders of a model on an adapter, which are made once. */
function encodersOf(adapter: Adapter, info: ModelInfo): Encoders {
  let ofAdapter = known.get(adapter);
  if (ofAdapter === undefined) known.set(adapter, (ofAdapter = new WeakMap()));
  let encoders = ofAdapter.get(info);
  if (encoders === undefined) ofAdapter.set(info, (encoders = new Encoders(adapter, info)));
  return encoders;
}

/** The encoders of a model's columns, where values are encoded before their statement is. */
class Encoders {
  readonly #adapter: Adapter;
  readonly #info: ModelInfo;
  readonly #made = new Map<ColumnInfo, Encode>();

  constructor(adapter: Adapter, info: ModelInfo) {
    this.#adapter = adapter;
    this.#info = info;
  }

  of(column: ColumnInfo): Encode {
    const known = this.#made.get(column);
    if (known !== undefined) return known;
    const made = this.#make(column);
    this.#made.set(column, made);
    return made;
  }

  #make(column: ColumnInfo): Encode {
    if (column.definition.prepare !== undefined) return asItIs;
    return encoderOf(placeOfColumn(this.#info, column), this.#adapter.codecFor);
  }
}

function asItIs(value: unknown): unknown {
  return value;
}

/** The values that were given, by column. */
export function givenValues(info: ModelInfo, data: object): RowValues {
  const given = [...info.columns.values()].filter(({ property }) => Object.hasOwn(data, property));
  const values = given.map((column): [ColumnInfo, unknown] => [column, Reflect.get(data, column.property)]);
  return new Map(values.filter(([, value]) => value !== undefined));
}
