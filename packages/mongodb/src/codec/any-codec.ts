import type { Encode, ValuePlace } from "@mortise/core/adapter";
import { cleanText, invalidValue } from "@mortise/core/codecs";

/** Writes a scalar of a column without a type. A document is refused: it could be meant as an operator. */
export function anyEncoder(place: ValuePlace): Encode {
  return (value) => {
    if (typeof value === "string") return cleanText(value, place);
    if (typeof value === "boolean" || typeof value === "bigint" || value instanceof Date) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw invalidValue(place, "must be a text, a finite number, a bigint, a boolean or a Date");
  };
}
