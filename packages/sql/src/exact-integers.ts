import { assertNever, type ColumnType, type ResultType } from "@mortise/core/adapter";

/** Whether a result column may hold integers that a double cannot. */
export function needsExactIntegers(result: ResultType): boolean {
  switch (result.kind) {
    case "column":
      return holdsWideIntegers(result.place.type);
    case "aggregate":
      if (result.name === "count" || result.name === "avg") return false;
      if (result.place === undefined) return true;
      return result.name === "sum" ? sumsIntegers(result.place.type) : holdsWideIntegers(result.place.type);
    case "flag":
    case "rows":
      return false;
    case "raw":
      return true;
    default:
      return assertNever(result);
  }
}

/** In mode "number" a value beyond 2^53 is an error anyway, and rounding cannot bring it back below. */
function holdsWideIntegers(type: ColumnType): boolean {
  if (type.kind === "bigInteger") return type.mode !== "number";
  return type.kind === "any" || type.kind === "specific";
}

function sumsIntegers(type: ColumnType): boolean {
  return integerKinds.has(type.kind) || holdsWideIntegers(type);
}

const integerKinds: ReadonlySet<ColumnType["kind"]> = new Set([
  "tinyInteger",
  "smallInteger",
  "mediumInteger",
  "integer",
  "bigInteger",
]);
