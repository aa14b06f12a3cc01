import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "../bind.ts";
import { invalidValue, unreadable } from "@mortise/core/codecs";

/** Writes bytes, or a text as UTF-8. */
export function binaryEncoder(length: number | undefined, place: ValuePlace): Encode {
  return (value: unknown): Buffer => {
    const bytes = bytesOf(value, place);
    if (length !== undefined && bytes.length > length) throw invalidValue(place, `takes at most ${length} bytes`);
    return bytes;
  };
}

function bytesOf(value: unknown, place: ValuePlace): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === "string" && value.isWellFormed()) return Buffer.from(value, "utf8");
  throw invalidValue(place, "must be a Buffer, a Uint8Array or a text");
}

export function binaryDecoder(place: ValuePlace): Encode {
  return (raw: unknown): Buffer | null => {
    if (Buffer.isBuffer(raw) || raw === null) return raw;
    if (typeof raw === "string") return Buffer.from(raw, "utf8");
    throw unreadable(place, "binary");
  };
}
