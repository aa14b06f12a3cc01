import type { CompiledSql } from "@mortise/sql";
import { encodeScalar } from "./types.ts";

const noTypes: readonly number[] = Object.freeze([]);
const rawPositions = new WeakMap<CompiledSql, readonly number[]>();

/**
 * The types of the parameters of raw text, which have no column to take one from: numbers, truth values and bytes have the type that
 * they would have written out in SQL. Empty where every parameter finds its type by where it stands.
 */
export function parameterTypes(compiled: CompiledSql, encoded: readonly unknown[]): readonly number[] {
  const raw = positionsOf(compiled);
  if (raw.length === 0) return noTypes;
  const types = encoded.map(() => 0);
  let found = false;
  for (const at of raw) {
    const type = literalType(encoded[at]);
    types[at] = type;
    found ||= type !== 0;
  }
  return found ? types : noTypes;
}

function positionsOf(compiled: CompiledSql): readonly number[] {
  const known = rawPositions.get(compiled);
  if (known !== undefined) return known;
  const found = compiled.binds.flatMap(({ encode }, at) => (encode === encodeScalar ? [at] : []));
  rawPositions.set(compiled, found);
  return found;
}

const integer = 23;
const bigint = 20;
const numeric = 1700;
const boolean = 16;
const bytea = 17;

function literalType(value: unknown): number {
  if (typeof value === "boolean") return boolean;
  if (value instanceof Uint8Array) return bytea;
  if (typeof value !== "number" && typeof value !== "bigint") return 0;
  if (typeof value === "number" && !Number.isInteger(value)) return numeric;
  if (value >= -(2 ** 31) && value < 2 ** 31) return integer;
  return value >= -(2n ** 63n) && value < 2n ** 63n ? bigint : numeric;
}
