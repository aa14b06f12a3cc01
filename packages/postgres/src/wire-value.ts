import type { WireValue } from "./wire.ts";

/** An encoded value as it is sent. Texts go as texts, whose type the server takes from where they stand. */
export function wireValue(value: unknown): WireValue {
  if (typeof value === "string" || value === null || Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new TypeError("A value reached the wire without being encoded.");
  }
}
