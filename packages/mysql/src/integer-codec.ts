import type { ColumnType, ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import { autoInteger, bigIntegerDecoder, bigIntegerEncoder } from "@mortise/sql/codecs";

type BigInteger = Extract<ColumnType, { kind: "bigInteger" }>;

const highestUnsigned = 2n ** 64n - 1n;

export function bigEncoder(type: BigInteger, place: ValuePlace): Encode {
  return bigIntegerEncoder(type, place, highestUnsigned);
}

/** The driver gives an integer as a number where that is exact, and as its digits beyond; sums come as digits always. */
export function bigDecoder(mode: BigInteger["mode"], place: ValuePlace): Encode {
  const decode = bigIntegerDecoder(mode, place);
  return (raw: unknown) => decode(typeof raw === "string" ? BigInt(raw) : raw);
}

/** An integer of a result whose type is known to be one. */
export function wideInteger(raw: unknown): unknown {
  return typeof raw === "string" ? autoInteger(BigInt(raw)) : raw;
}
