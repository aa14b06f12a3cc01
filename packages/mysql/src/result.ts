import type { QueryResult } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import { wideInteger } from "./integer-codec.ts";
import { isRows, type Answer, type ResultField } from "./raw-connection.ts";

const noRows: readonly unknown[][] = Object.freeze([]);
const longlong = 8;
const decimal = 246;

/** The result of a statement as core wants it. */
export function resultOf(compiled: CompiledSql, answer: Answer, fields: readonly ResultField[]): QueryResult {
  if (!isRows(answer)) {
    return { rows: noRows, affected: answer.affectedRows, insertId: numberOf(answer.insertId) };
  }
  if (compiled.namedColumns || compiled.untyped !== undefined) readIntegers(answer, integersAmong(compiled, fields));
  if (!compiled.namedColumns) return { rows: answer, affected: answer.length };
  return { rows: answer, affected: answer.length, columns: fields.map(({ name }) => name) };
}

/** Columns of unknown type that the server says are whole numbers: the driver gives those beyond 2^53, and sums, as digits. */
function integersAmong({ namedColumns, untyped = [] }: CompiledSql, fields: readonly ResultField[]): readonly number[] {
  const places = namedColumns ? [...fields.keys()] : untyped;
  return places.filter((at) => {
    const { columnType, decimals } = fields[at] ?? {};
    return columnType === longlong || (columnType === decimal && decimals === 0);
  });
}

function readIntegers(rows: readonly unknown[][], places: readonly number[]): void {
  if (places.length === 0) return;
  for (const row of rows) for (const at of places) row[at] = wideInteger(row[at]);
}

/** The driver gives a text where a number would lose digits. */
function numberOf(insertId: number | bigint | string): number | bigint {
  return typeof insertId === "string" ? BigInt(insertId) : insertId;
}
