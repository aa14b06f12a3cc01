import { assertNever, type ColumnType, type ResultType, type ValuePlace } from "@mortise/core/adapter";
import { rowListDecoder } from "@mortise/sql";
import { canonicalDecimal } from "@mortise/sql/codecs";
import { decodeAutoInteger, decodeBoolean, decodeNumber } from "./scalar-codec.ts";
import { rowListDialect } from "./row-list.ts";
import { codecFor } from "./types.ts";

type Decode = (raw: unknown) => unknown;

/** The decoder of a result column; `undefined` where the text of the server, or what the connection made of it, is right. */
export function decoderFor(result: ResultType): Decode | undefined {
  switch (result.kind) {
    case "column":
      return codecFor(result.place).decode;
    case "flag":
      return decodeBoolean;
    case "rows":
      return rowListDecoder(result, rowListDialect);
    case "raw":
      return undefined;
    case "aggregate":
      return result.name === "count" || result.place === undefined
        ? decodeAutoInteger
        : aggregateDecoder(result.name, result.place);
    default:
      return assertNever(result);
  }
}

function aggregateDecoder(name: "sum" | "avg" | "min" | "max", place: ValuePlace): Decode | undefined {
  const { type } = place;
  if (name === "min" || name === "max") return codecFor(place).decode;
  if (type.kind === "decimal") return decimalAggregate(name, type, place);
  if (name === "avg") return decodeNumber;
  return codecFor({ ...place, type: sumType(type) }).decode;
}

/** An average has at least 16 digits behind the point on the server; needless zeros among them are left out. */
function decimalAggregate(name: "sum" | "avg", type: ColumnType, place: ValuePlace): Decode | undefined {
  const decode = codecFor({ ...place, type }).decode;
  if (name === "sum" || decode === undefined) return decode;
  return (raw) => decode(typeof raw === "string" ? (canonicalDecimal(raw) ?? raw) : raw);
}

/** The sum of integers is an integer. */
function sumType(type: ColumnType): ColumnType {
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return { kind: "bigInteger", unsigned: false, mode: "auto" };
    default:
      return type;
  }
}
