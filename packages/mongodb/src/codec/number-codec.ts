import type { Encode, ValuePlace } from "@mortise/core/adapter";
import { unreadable } from "@mortise/core/codecs";
import { Decimal128, Double } from "mongodb";

/** Reads a number of any BSON type as a double. */
export function numberDecoder(place: ValuePlace): Encode {
  return (raw) => {
    if (raw === null || typeof raw === "number") return raw;
    if (raw instanceof Double) return raw.value;
    if (typeof raw === "bigint" || raw instanceof Decimal128) return Number(raw.toString());
    throw unreadable(place, "a number");
  };
}
