import type { ColumnType, ValuePlace } from "@mortise/core/adapter";
import { quoteName, quoteText } from "./spelling.ts";
import { typeRow } from "./types.ts";

/** The declared type of a column, as its row in `types.ts` stores it. */
export function declaredType(place: ValuePlace): string {
  return typeRow(place.type).storage(place.type, place);
}

/** The highest values of unsigned types, which the next wider signed type holds. */
const unsignedHigh: Readonly<Record<string, number>> = {
  tinyInteger: 255,
  smallInteger: 65_535,
  mediumInteger: 16_777_215,
  integer: 4_294_967_295,
};

const signedHigh: Readonly<Record<string, number>> = { tinyInteger: 127, mediumInteger: 8_388_607 };

/**
 * What a logical type admits beyond its declared type, as the check that holds other programs to it. `undefined` where every
 * value of the declared type is good.
 */
export function typeCheck(type: ColumnType, name: string): string | undefined {
  const column = quoteName(name);
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return integerCheck(type.kind, type.unsigned, column);
    case "bigInteger":
      return type.unsigned ? `${column} >= 0` : undefined;
    case "binary":
      return type.length === undefined ? undefined : `octet_length(${column}) <= ${type.length}`;
    case "enum":
      return type.native === undefined ? `${column} in (${type.values.map(quoteText).join(", ")})` : undefined;
    case "set":
      return `${column} <@ array[${type.values.map(quoteText).join(", ")}]::text[]`;
    default:
      return undefined;
  }
}

function integerCheck(kind: string, unsigned: boolean, column: string): string | undefined {
  if (unsigned) return `${column} >= 0 and ${column} <= ${unsignedHigh[kind] ?? 0}`;
  const high = signedHigh[kind];
  return high === undefined ? undefined : `${column} >= ${-high - 1} and ${column} <= ${high}`;
}
