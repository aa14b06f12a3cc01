import { resultDecoder, rowListDecoder } from "@mortise/sql";
import { decodeAny } from "./any-codec.ts";
import { rowListDialect } from "./row-list.ts";
import { codecFor } from "./types.ts";

/** The decoder of a result column; `undefined` where the driver's value is already right. */
export const decoderFor: ReturnType<typeof resultDecoder> = resultDecoder({
  codecFor,
  flag: (raw) => raw === 1 || raw === 1n,
  raw: decodeAny,
  count: decodeAny,
  average: (raw) => (typeof raw === "bigint" ? Number(raw) : raw),
  rows: (type) => rowListDecoder(type, rowListDialect),
});
