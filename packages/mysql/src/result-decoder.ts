import { resultDecoder, rowListDecoder } from "@mortise/sql";
import { wideInteger } from "./integer-codec.ts";
import { rowListReader } from "./row-list.ts";
import { codecFor } from "./types.ts";

/** The decoder of a result column; `undefined` where the driver's value is already right. */
export const decoderFor: ReturnType<typeof resultDecoder> = resultDecoder({
  codecFor,
  flag: (raw) => raw === 1 || raw === "1",
  raw: undefined,
  count: wideInteger,
  average: (raw) => (typeof raw === "string" ? Number(raw) : raw),
  rows: (type) => rowListDecoder(type, rowListReader),
});
