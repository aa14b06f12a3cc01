import type { Adapter, ResultType } from "../adapter/adapter.ts";
import type { Field } from "./build-select.ts";
import { rowBuilder, type BuildRow } from "./row-class.ts";

interface ColumnDecoder {
  readonly index: number;
  readonly decode: ((raw: unknown) => unknown) | undefined;
  /** The column's own `serialize`, which is called for `null` too. */
  readonly serialize: ((raw: unknown) => unknown) | undefined;
}

/** How positional rows become objects: what to decode, and an object builder with the result's constant shape. */
export interface RowShape {
  readonly decoders: readonly ColumnDecoder[];
  readonly build: BuildRow;
}

/** The decoders of result columns; none for a column whose driver value is already right. */
export function columnDecoders(
  adapter: Pick<Adapter, "decoderFor">,
  fields: readonly { readonly type: ResultType; readonly serialize: Field["serialize"] }[],
): readonly ColumnDecoder[] {
  return fields
    .map(({ type, serialize }, index) => ({ index, decode: adapter.decoderFor(type), serialize }))
    .filter(({ decode, serialize }) => decode !== undefined || serialize !== undefined);
}

export function rowShape(
  adapter: Pick<Adapter, "decoderFor">,
  base: new () => object,
  fields: readonly Field[],
  relations: readonly string[],
): RowShape {
  const names = [...fields.map((field) => field.name), ...relations];
  return { decoders: columnDecoders(adapter, fields), build: rowBuilder(base, names) };
}

/** Objects from rows. The rows are the driver's fresh arrays and are decoded in place. */
export function hydrate(shape: RowShape, rows: readonly unknown[][]): object[] {
  decodeRows(shape.decoders, rows);
  const { build } = shape;
  const objects: object[] = [];
  for (const row of rows) objects.push(build(row));
  return objects;
}

export function decodeRows(decoders: readonly ColumnDecoder[], rows: readonly unknown[][]): void {
  for (const { index, decode, serialize } of decoders) {
    for (const row of rows) {
      const raw = row[index];
      const value = decode === undefined || raw === null ? raw : decode(raw);
      row[index] = serialize === undefined ? value : serialize(value);
    }
  }
}
