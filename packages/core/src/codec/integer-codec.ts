import type { ColumnType } from "../model/column-type.ts";
import type { ValuePlace } from "../operation/expression.ts";
import type { Encode } from "../adapter/encoder.ts";
import { invalidValue, unreadable } from "./invalid-value.ts";

type SmallKind = "tinyInteger" | "smallInteger" | "mediumInteger" | "integer";
type BigInteger = Extract<ColumnType, { kind: "bigInteger" }>;

const bits: Readonly<Record<SmallKind, number>> = { tinyInteger: 8, smallInteger: 16, mediumInteger: 24, integer: 32 };

/** Writes an integer of up to 32 bits: a whole number or bigint in the range of its kind. */
export function smallIntegerEncoder(kind: SmallKind, unsigned: boolean, place: ValuePlace): Encode {
  const size = 2 ** bits[kind];
  const low = unsigned ? 0 : -size / 2;
  const high = unsigned ? size - 1 : size / 2 - 1;
  return (value: unknown): number => {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= low && number <= high) return number + 0;
    throw invalidValue(place, `must be a whole number from ${low} to ${high}`);
  };
}

/** Reads an integer of up to 32 bits, whether the driver was asked for exact integers or not. */
export function smallIntegerDecoder(place: ValuePlace): Encode {
  return (raw: unknown): number | null => {
    if (Number.isSafeInteger(raw)) return Number(raw);
    if (raw === null) return null;
    if (typeof raw === "bigint" && isSafe(raw)) return Number(raw);
    throw unreadable(place, "a whole number");
  };
}

const int64Low = -(2n ** 63n);
const int64High = 2n ** 63n - 1n;

/**
 * Writes an integer of 64 bits as bigint, since a double cannot hold them all. Where the engine has no unsigned type, the upper half
 * of its range, from 2^63, is refused.
 */
export function bigIntegerEncoder(type: BigInteger, place: ValuePlace, highestUnsigned: bigint = int64High): Encode {
  const low = type.unsigned ? 0n : int64Low;
  const high = type.unsigned ? highestUnsigned : int64High;
  return (value: unknown): bigint => {
    const whole = wholeNumber(value, place);
    if (type.mode === "number" && !isSafe(whole)) {
      throw invalidValue(place, `is of mode "number" and must be a whole number within ±(2^53 - 1)`);
    }
    if (whole >= low && whole <= high) return whole;
    throw invalidValue(place, `must be a whole number from ${low} to ${high}`);
  };
}

function wholeNumber(value: unknown, place: ValuePlace): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(Number(value));
  throw invalidValue(place, "must be a whole number; give a bigint beyond ±(2^53 - 1)");
}

/** Reads an integer of 64 bits in the mode of its column. */
export function bigIntegerDecoder(mode: BigInteger["mode"], place: ValuePlace): Encode {
  switch (mode) {
    case "auto":
      return (raw: unknown) =>
        raw === null || Number.isSafeInteger(raw) ? raw : autoInteger(exactInteger(raw, place));
    case "bigint":
      return (raw: unknown) => (raw === null ? null : exactInteger(raw, place));
    case "number":
      return (raw: unknown) => {
        if (Number.isSafeInteger(raw) || raw === null) return raw;
        if (typeof raw === "bigint" && isSafe(raw)) return Number(raw);
        throw unreadable(place, `within ±(2^53 - 1), as mode "number" asks`);
      };
  }
}

function exactInteger(raw: unknown, place: ValuePlace): bigint {
  if (typeof raw === "bigint") return raw;
  if (Number.isSafeInteger(raw)) return BigInt(Number(raw));
  throw unreadable(place, "a whole number");
}

export function isSafe(value: bigint): boolean {
  return value >= -9007199254740991n && value <= 9007199254740991n;
}

/** A number where a number is exact, a bigint beyond. */
export function autoInteger(value: bigint): number | bigint {
  return isSafe(value) ? Number(value) : value;
}
