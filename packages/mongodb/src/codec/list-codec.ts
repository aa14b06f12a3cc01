import type { Encode, ValuePlace } from "@mortise/core/adapter";
import { invalidValue, unreadable } from "@mortise/core/codecs";

/** Writes a list, each entry by the codec of the inner type. Entries may be null. */
export function arrayEncoder(encode: Encode, place: ValuePlace): Encode {
  return (value) => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    return Array.from<unknown, unknown>(value, (entry) => {
      if (entry === undefined) throw invalidValue(place, "must be an array without undefined entries");
      return entry === null ? null : encode(entry);
    });
  };
}

export function arrayDecoder(decode: Encode | undefined, place: ValuePlace): Encode {
  return (raw) => {
    if (raw === null) return null;
    if (!Array.isArray(raw)) throw unreadable(place, "an array");
    return raw.map((entry: unknown) => (entry === null || decode === undefined ? entry : decode(entry)));
  };
}

/** Writes a set in the order in which its values were declared, so that equal sets are equal lists. */
export function setEncoder(values: readonly string[], place: ValuePlace): Encode {
  return (value) => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const given = new Set<unknown>(value);
    if (given.size !== value.length) throw invalidValue(place, "must be a set: no value may be there twice");
    const known = values.filter((one) => given.has(one));
    if (known.length === given.size) return known;
    throw invalidValue(place, `takes only ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}
