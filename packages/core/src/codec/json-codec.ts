import { JsonNull, jsonNull } from "../model/json-null.ts";
import type { ValuePlace } from "../operation/expression.ts";
import type { Encode } from "../adapter/encoder.ts";
import { invalidValue, unreadable } from "./invalid-value.ts";

/** The nesting that every engine can read back. */
const deepest = 1000;

/**
 * Writes a document as JSON text. What JSON cannot say is refused, with two exceptions that JSON itself makes: a property that is
 * undefined is left out, and a value with `toJSON`, such as a Date, is written as what it returns.
 */
export function jsonEncoder(place: ValuePlace): Encode {
  return (value: unknown): string => jsonText(value instanceof JsonNull ? null : value, place);
}

export function jsonText(value: unknown, place: ValuePlace): string {
  checkJson(value, place, 0);
  return JSON.stringify(value);
}

/** Reads a document. Numbers are doubles, as everywhere in JSON: one beyond 2^53 belongs into a text or a column of its own. */
export function jsonDecoder(place: ValuePlace): Encode {
  return (raw: unknown): unknown => {
    if (raw === null) return null;
    if (typeof raw === "number" || typeof raw === "bigint") return Number(raw);
    if (typeof raw !== "string") throw unreadable(place, "JSON");
    return parseJson(raw, place) ?? jsonNull;
  };
}

export function parseJson(text: string, place: ValuePlace): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(place, "JSON");
  }
}

function checkJson(value: unknown, place: ValuePlace, depth: number): void {
  switch (typeof value) {
    case "string":
      if (value.isWellFormed() && !value.includes("\0")) return;
      throw invalidValue(place, "must be JSON without NUL characters and lone surrogates");
    case "number":
      if (Number.isFinite(value)) return;
      throw invalidValue(place, "must be JSON, which has neither NaN nor Infinity");
    case "boolean":
      return;
    case "object":
      return value === null ? undefined : checkObject(value, place, depth);
    default:
      throw invalidValue(place, `must be JSON, which cannot hold a ${typeof value}`);
  }
}

function checkObject(value: object, place: ValuePlace, depth: number): void {
  if (depth >= deepest)
    throw invalidValue(place, `must be JSON of at most ${deepest} levels that does not refer to itself`);
  if (ArrayBuffer.isView(value)) throw invalidValue(place, "must be JSON, which has no bytes; write them as text");
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return checkJson(Reflect.apply(value.toJSON, value, [""]), place, depth + 1);
  }
  if (Array.isArray(value)) {
    for (const entry of value) checkJson(entry, place, depth + 1);
    return;
  }
  if (!isRecord(value)) throw invalidValue(place, "must be JSON: plain objects, lists and scalars");
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed() || key.includes("\0")) {
      throw invalidValue(place, "must be JSON without NUL characters and lone surrogates");
    }
    const entry = value[key];
    if (entry !== undefined) checkJson(entry, place, depth + 1);
  }
}

/** Collections and buffers would become `{}`, boxed primitives and promises too. */
function isRecord(value: object): value is Record<string, unknown> {
  const tag = Object.prototype.toString.call(value);
  return tag === "[object Object]" && !(value instanceof Promise) && !(value instanceof WeakMap);
}
