import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import { invalidValue } from "@mortise/sql/codecs";

/** Writes a scalar of a column whose type nobody knows. */
export function anyEncoder(place: ValuePlace): Encode {
  return (value: unknown): unknown => {
    switch (typeof value) {
      case "string":
        if (value.isWellFormed()) return value;
        throw invalidValue(place, "must be a text without lone surrogates");
      case "number":
        if (Number.isFinite(value)) return Number.isSafeInteger(value) ? BigInt(value) : value;
        throw invalidValue(place, "must be a finite number");
      case "bigint":
        if (BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value) return value;
        throw invalidValue(place, "must be a whole number of 64 bits");
      case "boolean":
        return value ? 1 : 0;
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
