import { jsonNull, JsonNull, type Encode, type ValuePlace } from "@mortise/core/adapter";
import { invalidValue, jsonText } from "@mortise/core/codecs";

/** Writes a document as BSON. A key that MongoDB would read as an operator is refused. */
export function documentEncoder(place: ValuePlace): Encode {
  return (value) => {
    if (value instanceof JsonNull) return null;
    const plain: unknown = JSON.parse(jsonText(value, place));
    checkKeys(plain, place);
    return plain;
  };
}

/** Refuses keys with a dollar sign at the beginning, on every level. A point in a key is no path: ours are taken by literal keys. */
export function checkKeys(value: unknown, place: ValuePlace): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if (!Array.isArray(value) && key.startsWith("$")) {
      throw invalidValue(place, "must not have keys that begin with $");
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
  if (typeof raw !== "object" || raw === null || Object.getPrototypeOf(raw) !== Object.prototype) return raw;
  return Object.fromEntries(Object.entries(raw).map(([key, entry]) => [key, plainValue(entry)]));
}
