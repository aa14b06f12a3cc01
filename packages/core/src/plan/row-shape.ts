import type { Adapter } from "../adapter/adapter.ts";
import type { Field } from "./build-select.ts";
import { rowBuilder, type BuildRow } from "./row-class.ts";

interface ColumnDecoder {
  readonly index: number;
  readonly decode: (raw: unknown) => unknown;
  /** Whether `null` is decoded too: a column's own `serialize` is called for it. */
  readonly nulls: boolean;
}

/** How positional rows become objects: what to decode, and an object builder with the result's constant shape. */
export interface RowShape {
  readonly decoders: readonly ColumnDecoder[];
  readonly build: BuildRow;
}

/** The decoders of result columns; none for a column whose driver value is already right. */
function columnDecoders(adapter: Pick<Adapter, "decoderFor">, fields: readonly Field[]): readonly ColumnDecoder[] {
  return fields.flatMap(({ type, serialize }, index): ColumnDecoder[] => {
    const decode = adapter.decoderFor(type);
    if (serialize === undefined) return decode === undefined ? [] : [{ index, decode, nulls: false }];
    const decoded = (raw: unknown) => (raw === null || decode === undefined ? raw : decode(raw));
    return [{ index, decode: (raw) => serialize(decoded(raw)), nulls: true }];
  });
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

/** So many rows are decoded and built while they are in the processor's cache. */
const blockSize = 256;

/** Objects from rows. The rows are the driver's fresh arrays and are decoded in place. */
export function hydrate({ decoders, build }: RowShape, rows: readonly unknown[][]): object[] {
  const objects: object[] = [];
  for (let from = 0; from < rows.length; from += blockSize) {
    const to = Math.min(from + blockSize, rows.length);
    for (const decoder of decoders) decodeColumn(decoder, rows, from, to);
    for (let at = from; at < to; at += 1) objects.push(build(rows[at]!));
  }
  return objects;
}

/** Column by column, so that each loop calls one decoder only. */
function decodeColumn(
  { index, decode, nulls }: ColumnDecoder,
  rows: readonly unknown[][],
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at += 1) {
    const row = rows[at]!;
    const raw = row[index];
    if (raw !== null || nulls) row[index] = decode(raw);
  }
}
