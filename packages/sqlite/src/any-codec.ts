import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import { autoInteger, invalidValue } from "@mortise/sql/codecs";

/**
 * Writes a scalar of a column whose type nobody knows. Whole numbers become integers, so that a column of text affinity does not
 * make `5.0` of them; true and false become 1 and 0.
 */
export function anyEncoder(place: ValuePlace): Encode {
  return (value: unknown): unknown => {
    switch (typeof value) {
      case "string":
        if (value.isWellFormed()) return value;
        throw invalidValue(place, "must be a text without lone surrogates");
      case "number":
        if (!Number.isFinite(value)) throw invalidValue(place, "must be a finite number");
        return Number.isSafeInteger(value) ? BigInt(value) : value;
      case "bigint":
        if (BigInt.asIntN(64, value) === value) return value;
        throw invalidValue(place, "must be a whole number of 64 bits");
      case "boolean":
        return value ? 1n : 0n;
      default:
        if (Buffer.isBuffer(value)) return value;
        if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        throw invalidValue(
          place,
          "must be a text, number, bigint, boolean or bytes; convert anything else with prepare",
        );
    }
  };
}

/** Reads whatever is stored: integers as numbers where those are exact, as bigint beyond. */
export function decodeAny(raw: unknown): unknown {
  return typeof raw === "bigint" ? autoInteger(raw) : raw;
}
