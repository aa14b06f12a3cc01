import type { ColumnType, Encode, ValuePlace } from "@mortise/core/adapter";
import { canonicalDecimal, decimalDecoder, decimalEncoder, digitCounts, invalidValue } from "@mortise/core/codecs";
import { Decimal128 } from "mongodb";

type DecimalType = Extract<ColumnType, { kind: "decimal" }>;

/** How many digits a Decimal128 holds. */
const mostDigits = 34;

/** Writes a decimal as Decimal128. More digits than that has are refused: nothing is rounded. */
export function decimal128Encoder(type: DecimalType, place: ValuePlace): Encode {
  const encode = decimalEncoder(type, place);
  return (value) => {
    const text = String(encode(value));
    const { whole, fraction } = digitCounts(text);
    if (whole + fraction > mostDigits) throw invalidValue(place, `takes at most ${mostDigits} digits`);
    return Decimal128.fromString(text);
  };
}

/** Reads a decimal of any numeric BSON type in the mode of its column. */
export function decimal128Decoder(type: DecimalType, place: ValuePlace): Encode {
  const decode = decimalDecoder(type, place);
  return (raw) => decode(raw instanceof Decimal128 ? (canonicalDecimal(raw.toString()) ?? raw) : raw);
}
