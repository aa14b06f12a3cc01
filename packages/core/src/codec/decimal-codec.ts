import type { ColumnType } from "../model/column-type.ts";
import type { ValuePlace } from "../operation/expression.ts";
import type { Encode } from "../adapter/encoder.ts";
import { canonicalDecimal, digitCounts, padDecimal } from "./decimal.ts";
import { invalidValue, unreadable } from "./invalid-value.ts";

type DecimalType = Extract<ColumnType, { kind: "decimal" }>;

/** Writes a decimal as canonical text. A digit too many is refused: nothing is rounded. */
export function decimalEncoder(type: DecimalType, place: ValuePlace): Encode {
  return (value: unknown): string => {
    const canonical = canonicalDecimal(decimalText(value, type, place));
    if (canonical === undefined) throw invalidValue(place, "must be a decimal number, such as 12.50");
    checkDigits(canonical, type, place);
    return canonical;
  };
}

function decimalText(value: unknown, type: DecimalType, place: ValuePlace): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw invalidValue(place, "must be a finite number, a bigint or a decimal text");
  }
  if (type.mode === "string" && !carriesDigits(value)) {
    throw invalidValue(place, `is of mode "string" and was given a number that cannot carry its digits; give a text`);
  }
  return String(value);
}

/** A double tells 15 digits apart from all others; integers are exact up to 2^53. */
function carriesDigits(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return (
    String(value)
      .replace(/e.*$|[-.]/g, "")
      .replace(/^0+/, "").length <= 15
  );
}

function checkDigits(canonical: string, { precision, scale }: DecimalType, place: ValuePlace): void {
  const { whole, fraction } = digitCounts(canonical);
  if (precision === undefined && scale === undefined) return;
  const behind = scale ?? 0;
  if (fraction > behind) throw invalidValue(place, `takes at most ${behind} digits behind the point`);
  if (precision !== undefined && whole > precision - behind) {
    throw invalidValue(place, `takes at most ${precision - behind} digits before the point`);
  }
}

/**
 * Reads a decimal in the mode of its column. Numbers that other programs stored as INTEGER or REAL are read too, with the digits
 * that such a number shows.
 */
export function decimalDecoder(type: DecimalType, place: ValuePlace): Encode {
  const scale = type.scale ?? 0;
  return (raw: unknown): string | number | null => {
    if (raw === null) return null;
    if (type.mode === "number" && typeof raw === "number") return raw;
    const canonical = storedDecimal(raw);
    if (canonical === undefined) throw unreadable(place, "a decimal number");
    return type.mode === "number" ? Number(canonical) : padDecimal(canonical, scale);
  };
}

/** The canonical form of what a decimal column may hold. */
export function storedDecimal(raw: unknown): string | undefined {
  if (typeof raw === "string") return canonicalDecimal(raw);
  return typeof raw === "number" || typeof raw === "bigint" ? canonicalDecimal(String(raw)) : undefined;
}
