import type { ColumnType, ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import {
  autoInteger,
  bigIntegerDecoder,
  instantDecoder,
  instantEncoder,
  invalidValue,
  unreadable,
} from "@mortise/sql/codecs";

type InstantType = Extract<ColumnType, { kind: "datetime" | "timestamp" }>;

/** Every value arrives as the server's text. */
export function decodeNumber(raw: unknown): number | null {
  return raw === null ? null : Number(raw);
}

/** Integers of up to 15 digits are exact as numbers. */
export function decodeAutoInteger(raw: unknown): number | bigint | null {
  if (typeof raw !== "string") return null;
  return raw.length <= 15 ? Number(raw) : autoInteger(BigInt(raw));
}

export function bigIntegerTextDecoder(mode: "auto" | "number" | "bigint", place: ValuePlace): Encode {
  if (mode === "auto") return decodeAutoInteger;
  const decode = bigIntegerDecoder(mode, place);
  return (raw) => (typeof raw === "string" ? decode(integerOf(raw, place)) : null);
}

/** A sum of integers is a numeric, and may have been given one digit behind the point by somebody's own SQL. */
function integerOf(text: string, place: ValuePlace): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  throw unreadable(place, "a whole number");
}

export function decodeBoolean(raw: unknown): boolean | null {
  return raw === null ? null : raw === "t" || raw === "true";
}

export function booleanEncoder(place: ValuePlace): Encode {
  return (value: unknown): boolean => {
    if (typeof value === "boolean") return value;
    throw invalidValue(place, "must be true or false");
  };
}

/** The server's hexadecimal form: `\x00ff`. */
export function decodeBytes(raw: unknown): Buffer | null {
  return typeof raw === "string" ? Buffer.from(raw.slice(2), "hex") : null;
}

/** Instants with a zone say that they are UTC, so that the session's own zone never counts. */
export function zonedInstantEncoder(type: InstantType, place: ValuePlace): Encode {
  const encode = instantEncoder(type, place);
  return type.useTz ? (value) => `${String(encode(value))}+00` : encode;
}

/** The usual text of an instant ends in `+00`; without it the digits stand at their fixed places. */
export function zonedInstantDecoder(type: InstantType, place: ValuePlace): Encode {
  const decode = instantDecoder(type, place);
  if (!type.useTz) return decode;
  return (raw) => decode(typeof raw === "string" && raw.endsWith("+00") ? raw.slice(0, -3) : raw);
}
