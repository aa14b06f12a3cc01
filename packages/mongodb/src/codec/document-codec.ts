import { jsonNull, JsonNull, type Encode, type ValuePlace } from "@mortise/core/adapter";
import { invalidValue, jsonText } from "@mortise/core/codecs";

/** Writes a document as BSON. A key that MongoDB could read as an operator is refused; a point is a part of a name. */
export function documentEncoder(place: ValuePlace): Encode {
  return (value) => {
    if (value instanceof JsonNull) return null;
    const plain: unknown = JSON.parse(jsonText(value, place));
    checkKeys(plain, place);
    return stored(plain);
  };
}

/** The driver takes an object with the key `_bsontype` for a value of BSON, and a map never: so data stays data. */
function stored(plain: unknown): unknown {
  if (Array.isArray(plain)) return plain.map(stored);
  if (typeof plain !== "object" || plain === null) return plain;
  const entries = Object.entries(plain).map(([key, entry]) => [key, stored(entry)] as const);
  return Object.hasOwn(plain, "_bsontype") ? new Map(entries) : Object.fromEntries(entries);
}

/** Refuses keys with a dollar sign at the beginning, on every level. */
function checkKeys(value: unknown, place: ValuePlace): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if (!Array.isArray(value) && key.startsWith("$")) {
      throw invalidValue(
        place,
        "must not have keys that begin with $, which MongoDB takes for operators: give them another name",
      );
    }
    checkKeys(entry, place);
  }
}

/** Numbers come as doubles, as everywhere in JSON. */
export function documentDecoder(_place: ValuePlace): Encode {
  return (raw) => (raw === null ? null : (plainValue(raw) ?? jsonNull));
}

function plainValue(raw: unknown): unknown {
  if (typeof raw === "bigint") return Number(raw);
  if (Array.isArray(raw)) return raw.map(plainValue);
  if (raw instanceof Map) return plainValue(Object.fromEntries(raw));
  if (typeof raw !== "object" || raw === null || Object.getPrototypeOf(raw) !== Object.prototype) return raw;
  return Object.fromEntries(Object.entries(raw).map(([key, entry]) => [key, plainValue(entry)]));
}
