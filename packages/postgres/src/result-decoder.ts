import { resultDecoder, rowListDecoder } from "@mortise/sql";
import { canonicalDecimal } from "@mortise/sql/codecs";
import { rowListDialect } from "./row-list.ts";
import { decodeAutoInteger, decodeBoolean, decodeNumber } from "./scalar-codec.ts";
import { codecFor } from "./types.ts";

/** The decoder of a result column; `undefined` where the text of the server, or what the connection made of it, is right. */
export const decoderFor: ReturnType<typeof resultDecoder> = resultDecoder({
  codecFor,
  flag: decodeBoolean,
  raw: undefined,
  count: decodeAutoInteger,
  average: decodeNumber,
  // An average has at least 16 digits behind the point on the server; needless zeros among them are left out.
  decimalAverage: (raw) => (typeof raw === "string" ? (canonicalDecimal(raw) ?? raw) : raw),
  rows: (type) => rowListDecoder(type, rowListDialect),
});
