import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "../bind.ts";
import { invalidValue, parseJson, unreadable } from "@mortise/core/codecs";

/** How one entry of an array column stands in its JSON, between the driver's form and a JSON value. */
export interface EntryForm {
  readonly toJson: (encoded: unknown) => unknown;
  readonly fromJson: (entry: unknown) => unknown;
}

/** Writes an array as JSON text, each entry by the codec of the inner type. Entries may be null. */
export function arrayEncoder(encode: Encode, form: EntryForm, place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const entries = Array.from<unknown, unknown>(value, (entry) => {
      if (entry === undefined) throw invalidValue(place, "must be an array without undefined entries");
      return entry === null ? null : form.toJson(encode(entry));
    });
    return JSON.stringify(entries);
  };
}

export function arrayDecoder(decode: Encode | undefined, form: EntryForm, place: ValuePlace): Encode {
  return (raw: unknown): unknown[] | null => {
    if (raw === null) return null;
    const entries = typeof raw === "string" ? parseJson(raw, place) : undefined;
    if (!Array.isArray(entries)) throw unreadable(place, "a JSON array");
    return entries.map((entry: unknown) => {
      if (entry === null) return null;
      const inner = form.fromJson(entry);
      return decode === undefined ? inner : decode(inner);
    });
  };
}

/** Writes a set as JSON in the order in which its values were declared, so that equal sets are equal texts. */
export function setEncoder(values: readonly string[], place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const given = new Set<unknown>(value);
    if (given.size !== value.length) throw invalidValue(place, "must be a set: no value may be there twice");
    const known = values.filter((one) => given.has(one));
    if (known.length === given.size) return JSON.stringify(known);
    throw invalidValue(place, `takes only ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}
