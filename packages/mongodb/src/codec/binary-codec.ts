import type { Encode, ValuePlace } from "@mortise/core/adapter";
import { invalidValue, unreadable } from "@mortise/core/codecs";
import { Binary } from "mongodb";

/** Writes bytes, or a text as UTF-8. */
export function binaryEncoder(length: number | undefined, place: ValuePlace): Encode {
  return (value) => {
    const bytes = bytesOf(value, place);
    if (length !== undefined && bytes.length > length) throw invalidValue(place, `takes at most ${length} bytes`);
    return new Binary(bytes);
  };
}

function bytesOf(value: unknown, place: ValuePlace): Uint8Array {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === "string" && value.isWellFormed()) return Buffer.from(value, "utf8");
  throw invalidValue(place, "must be a Buffer, a Uint8Array or a text");
}

export function binaryDecoder(place: ValuePlace): Encode {
  return (raw) => {
    if (raw === null) return raw;
    if (raw instanceof Binary) return Buffer.from(raw.value());
    if (raw instanceof Uint8Array) return Buffer.from(raw);
    throw unreadable(place, "binary");
  };
}
