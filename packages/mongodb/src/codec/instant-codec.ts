import type { ColumnType, Encode, ValuePlace } from "@mortise/core/adapter";
import { instantDecoder as textDecoder, instantEncoder as textEncoder, unreadable } from "@mortise/core/codecs";

type InstantType = Extract<ColumnType, { kind: "datetime" | "timestamp" }>;

/** Writes an instant as a BSON date, which has milliseconds; digits beyond them are cut. */
export function instantEncoder(type: InstantType, place: ValuePlace): Encode {
  const precision = Math.min(type.precision ?? 3, 3);
  const toText = textEncoder({ ...type, precision }, place);
  return (value) => new Date(`${String(toText(value)).replace(" ", "T")}Z`);
}

/** Reads an instant as Date, or as ISO text. */
export function instantDecoder(type: InstantType, place: ValuePlace): Encode {
  const toText = textDecoder({ ...type, as: "string" }, place);
  return (raw) => {
    if (raw === null) return null;
    if (!(raw instanceof Date)) throw unreadable(place, "a date");
    return type.as === "date" ? raw : toText(raw.toISOString().slice(0, -1));
  };
}
