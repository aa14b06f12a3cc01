import type { ValuePlace } from "../operation/expression.ts";
import type { Encode } from "../adapter/encoder.ts";
import { invalidValue } from "./invalid-value.ts";

/** Writes text of at most so many characters, counted as Unicode code points. */
export function textEncoder(place: ValuePlace, length: number): Encode {
  return (value: unknown): string => {
    const text = cleanText(value, place);
    if (text.length > length && codePoints(text) > length) {
      throw invalidValue(place, `takes at most ${length} characters`);
    }
    return text;
  };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Text as every engine can hold it: without NUL, which some end a text at, and without halves of characters. */
export function cleanText(value: unknown, place: ValuePlace): string {
  if (typeof value !== "string") throw invalidValue(place, "must be a text");
  if (value.includes("\0")) throw invalidValue(place, "must be a text without NUL characters");
  if (!value.isWellFormed()) throw invalidValue(place, "must be a text without lone surrogates");
  return value;
}

/** Text of one exact shape, in one spelling. */
export interface TextShape {
  readonly pattern: RegExp;
  readonly expected: string;
  readonly spelling: "lower" | "upper";
}

export const textShapes: Readonly<Record<"uuid" | "ulid" | "objectId", TextShape>> = {
  uuid: {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    expected: "a UUID, such as 0190a4c2-7b1e-7c3a-8f00-5a1d2c3b4e5f",
    spelling: "lower",
  },
  ulid: {
    pattern: /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i,
    expected: "a ULID of 26 characters",
    spelling: "upper",
  },
  objectId: { pattern: /^[0-9a-f]{24}$/i, expected: "24 hexadecimal digits", spelling: "lower" },
};

export function shapedEncoder({ pattern, expected, spelling }: TextShape, place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (typeof value !== "string" || !pattern.test(value)) throw invalidValue(place, `must be ${expected}`);
    return spelling === "lower" ? value.toLowerCase() : value.toUpperCase();
  };
}

export function enumEncoder(values: readonly string[], place: ValuePlace): Encode {
  const known = new Set<unknown>(values);
  return (value: unknown): unknown => {
    if (known.has(value)) return value;
    throw invalidValue(place, `must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}
