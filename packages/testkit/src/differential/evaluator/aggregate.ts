import type { Aggregate, ColumnSpec, Kind, Value } from "../program.ts";
import { compareValues } from "./compare.ts";
import { addDecimal, divideDecimal, readDecimal, writeDecimal, type Decimal } from "./decimal.ts";
import { valueOf, type Row } from "./store.ts";

/** A computed value with what it is. */
export interface Cell {
  readonly kind: Kind;
  readonly scale: number;
  readonly value: Value;
}

/** An aggregate over rows. Nulls are left aside; without a value it is null, except for a count. */
export function aggregate(does: Aggregate, column: ColumnSpec | undefined, rows: readonly Row[]): Cell {
  if (column === undefined) return count(rows.length);
  const values = rows.map((row) => valueOf(row, column.name)).filter((value) => value !== null);
  const kind = kindOf(does, column.kind);
  if (does === "count") return count(values.length);
  if (values.length === 0) return { kind, scale: column.scale, value: null };
  if (does === "min" || does === "max") {
    const sign = does === "min" ? 1 : -1;
    const best = values.reduce((one, other) => (compareValues(kind, other, one) * sign < 0 ? other : one));
    return { kind, scale: column.scale, value: best };
  }
  return { kind, scale: column.scale, value: total(does, column.kind, values) };
}

/** What an aggregate of a column of a kind gives. Averages of anything but decimals are floating point. */
export function kindOf(does: Aggregate, kind: Kind): Kind {
  switch (does) {
    case "count":
      return "integer";
    case "min":
    case "max":
      return kind;
    case "sum":
      return kind === "integer" ? "bigInteger" : kind;
    case "avg":
      return kind === "decimal" ? "decimal" : "double";
  }
}

function count(value: number): Cell {
  return { kind: "integer", scale: 0, value };
}

function total(does: "sum" | "avg", kind: Kind, values: readonly Exclude<Value, null>[]): Value {
  if (kind === "decimal") {
    const sum = values.map((value) => readDecimal(String(value))).reduce(addDecimal);
    return decimalText(does === "sum" ? sum : divideDecimal(sum, values.length));
  }
  if (kind === "double") {
    const sum = values.reduce((all: number, value) => all + Number(value), 0);
    return does === "sum" ? sum : sum / values.length;
  }
  const sum = values.reduce((all: bigint, value) => all + BigInt(value), 0n);
  return does === "sum" ? sum : Number(sum) / values.length;
}

function decimalText(decimal: Decimal): string {
  return writeDecimal(decimal, 0);
}
