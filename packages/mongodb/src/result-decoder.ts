import { assertNever, type ResultType, type RowsType } from "@mortise/core/adapter";
import { sumType } from "@mortise/core/codecs";
import type { Document } from "mongodb";
import { numberDecoder } from "./codec/number-codec.ts";
import { rowOf } from "./row.ts";
import { codecFor } from "./types.ts";

type Decode = (raw: unknown) => unknown;

/** Makes rows of the documents that came inside their parents, as `rowOf` makes them of the documents of an answer. */
function rowsDecoder({ results }: RowsType): Decode {
  const lists = results.map((result) => (result.kind === "rows" ? rowsDecoder(result) : undefined));
  return (raw) =>
    documentsOf(raw).map((document) => {
      const row = rowOf(document, results.length);
      for (const [at, decode] of lists.entries()) if (decode !== undefined) row[at] = decode(row[at]);
      return row;
    });
}

function documentsOf(raw: unknown): readonly Document[] {
  if (Array.isArray(raw)) return raw;
  throw new TypeError("A stage that looks rows up gives a list.");
}

/** The decoder of a result column; `undefined` where the driver's value is already right. */
export function decoderFor(result: ResultType): Decode | undefined {
  switch (result.kind) {
    case "column":
      return codecFor(result.place).decode;
    case "flag":
      return (raw) => (raw === null ? null : raw === true || raw === 1);
    case "raw":
      return undefined;
    case "rows":
      return rowsDecoder(result);
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
