import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import { invalidValue, unreadable } from "@mortise/sql/codecs";
import { arrayText, parseArray } from "./array-text.ts";
import { wireValue } from "./wire-value.ts";

/** Writes an array in PostgreSQL's text form, each entry by the codec of the inner type. Entries may be null. */
export function arrayEncoder(encode: Encode, place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const entries = Array.from(value, (entry: unknown) => {
      if (entry === undefined) throw invalidValue(place, "must be an array without undefined entries");
      return entry === null ? null : entryText(encode(entry));
    });
    return arrayText(entries);
  };
}

/** An encoded value as an entry of an array, where bytes are written as hexadecimal digits. */
export function entryText(encoded: unknown): string | null {
  const value = wireValue(encoded);
  return Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value;
}

export function arrayDecoder(decode: Encode | undefined, place: ValuePlace): Encode {
  return (raw: unknown): unknown[] | null => {
    if (raw === null) return null;
    const entries = typeof raw === "string" ? parseArray(raw) : undefined;
    if (entries === undefined) throw unreadable(place, "an array");
    return entries.map((entry) => (entry === null || decode === undefined ? entry : decode(entry)));
  };
}

/** Writes a set as an array in the order in which its values were declared, so that equal sets are equal arrays. */
export function setEncoder(values: readonly string[], place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const given = new Set<unknown>(value);
    if (given.size !== value.length) throw invalidValue(place, "must be a set: no value may be there twice");
    const known = values.filter((one) => given.has(one));
    if (known.length === given.size) return arrayText(known);
    throw invalidValue(place, `takes only ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}
