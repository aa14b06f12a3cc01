import { assertNever, type CodecFor, type ResultType, type RowsType, type ValuePlace } from "@mortise/core/adapter";
import { sumType } from "@mortise/core/codecs";

type Decode = (raw: unknown) => unknown;

/** How an engine's driver gives what is not a column. `undefined` where its value is already right. */
export interface ResultForms {
  readonly codecFor: CodecFor;
  /** `exists (…)` and its like. */
  readonly flag: Decode;
  /** What raw text gives. */
  readonly raw: Decode | undefined;
  /** Counts, and aggregates of what is no column. */
  readonly count: Decode | undefined;
  /** Averages of anything but decimals. */
  readonly average: Decode;
  /** Averages of decimals, behind their codec; as the codec reads them unless said otherwise. */
  readonly decimalAverage?: (raw: unknown) => unknown;
  readonly rows: (type: RowsType) => Decode | undefined;
}

/** The decoder of a result column of an engine; `undefined` where the driver's value is already right. */
export function resultDecoder(forms: ResultForms): (result: ResultType) => Decode | undefined {
  return (result) => {
    switch (result.kind) {
      case "column":
        return forms.codecFor(result.place).decode;
      case "flag":
        return forms.flag;
      case "rows":
        return forms.rows(result);
      case "raw":
        return forms.raw;
      case "aggregate":
        return result.name === "count" || result.place === undefined
          ? forms.count
          : aggregateDecoder(forms, result.name, result.place);
      default:
        return assertNever(result);
    }
  };
}

function aggregateDecoder(
  { codecFor, average, decimalAverage }: ResultForms,
  name: "sum" | "avg" | "min" | "max",
  place: ValuePlace,
): Decode | undefined {
  if (name === "min" || name === "max") return codecFor(place).decode;
  if (place.type.kind !== "decimal") {
    return name === "avg" ? average : codecFor({ ...place, type: sumType(place.type) }).decode;
  }
  const { decode } = codecFor(place);
  if (name === "sum" || decode === undefined || decimalAverage === undefined) return decode;
  return (raw) => decode(decimalAverage(raw));
}
