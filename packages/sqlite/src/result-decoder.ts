import { assertNever, type ColumnType, type ResultType, type ValuePlace } from "@mortise/core/adapter";
import { rowListDecoder } from "@mortise/sql";
import { decodeAny } from "./any-codec.ts";
import { rowListDialect } from "./row-list.ts";
import { codecFor } from "./types.ts";

type Decode = (raw: unknown) => unknown;

/** The decoder of a result column; `undefined` where the driver's value is already right. */
export function decoderFor(result: ResultType): Decode | undefined {
  switch (result.kind) {
    case "column":
      return codecFor(result.place).decode;
    case "flag":
      return (raw) => raw === 1 || raw === 1n;
    case "rows":
      return rowListDecoder(result, rowListDialect);
    case "raw":
      return decodeAny;
    case "aggregate":
      return result.name === "count" || result.place === undefined
        ? decodeAny
        : aggregateDecoder(result.name, result.place);
    default:
      return assertNever(result);
  }
}

function aggregateDecoder(name: "sum" | "avg" | "min" | "max", place: ValuePlace): Decode | undefined {
  if (name === "min" || name === "max" || place.type.kind === "decimal") return codecFor(place).decode;
  if (name === "avg") return (raw) => (typeof raw === "bigint" ? Number(raw) : raw);
  return codecFor({ ...place, type: sumType(place.type) }).decode;
}

/** The sum of integers is an integer of 64 bits. */
function sumType(type: ColumnType): ColumnType {
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return { kind: "bigInteger", unsigned: false, mode: "auto" };
    case "bigInteger":
    case "float":
    case "double":
    case "real":
      return type;
    default:
      return { kind: "any" };
  }
}
