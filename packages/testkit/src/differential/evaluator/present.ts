import type { ColumnSpec, Kind, Value } from "../program.ts";
import { readDecimal, writeDecimal } from "./decimal.ts";
import { valueOf, type Row } from "./store.ts";

/** A value as the library must give it. */
export function presentValue(column: Pick<ColumnSpec, "kind" | "scale">, value: Value): unknown {
  return value === null ? null : presenters[column.kind](value, column.scale);
}

const asIs = (value: Value): unknown => value;
const presenters: Readonly<Record<Kind, (value: Exclude<Value, null>, scale: number) => unknown>> = {
  integer: asIs,
  bigInteger: (value) => presentInteger(BigInt(value)),
  double: asIs,
  decimal: (value, scale) => writeDecimal(readDecimal(String(value)), scale),
  string: asIs,
  text: asIs,
  boolean: asIs,
  datetime: (value) => new Date(Number(value)),
  date: asIs,
  uuid: asIs,
  enum: asIs,
  json: (value) => JSON.parse(String(value)),
};

const safe = 9_007_199_254_740_991n;

/** An integer is a number as long as that is exact. */
export function presentInteger(value: bigint): number | bigint {
  return value >= -safe && value <= safe ? Number(value) : value;
}

/** The columns of a row by name. */
export function presentRow(columns: readonly ColumnSpec[], row: Row): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column.name, presentValue(column, valueOf(row, column.name))]));
}
