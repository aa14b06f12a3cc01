import { assertNever, type ResultType } from "@mortise/core/adapter";
import { sumType } from "@mortise/core/codecs";
import { numberDecoder } from "./codec/number-codec.ts";
import { codecFor } from "./types.ts";

type Decode = (raw: unknown) => unknown;

/** The decoder of a result column; `undefined` where the driver's value is already right. */
export function decoderFor(result: ResultType): Decode | undefined {
  switch (result.kind) {
    case "column":
      return codecFor(result.place).decode;
    case "flag":
      return (raw) => (raw === null ? null : raw === true || raw === 1);
    case "raw":
    case "rows":
      return undefined;
    case "aggregate": {
      const { name, place } = result;
      if (name === "count" || place === undefined) return (raw) => (typeof raw === "bigint" ? Number(raw) : raw);
      if (name === "min" || name === "max" || place.type.kind === "decimal") return codecFor(place).decode;
      if (name === "avg") return numberDecoder(place);
      return codecFor({ ...place, type: sumType(place.type) }).decode;
    }
    default:
      return assertNever(result);
  }
}
