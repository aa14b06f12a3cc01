import type { ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "../bind.ts";
import { invalidValue, unreadable } from "@mortise/core/codecs";

/** Writes a finite number of 8 bytes; -0 becomes 0. */
export function floatEncoder(place: ValuePlace): Encode {
  return (value: unknown): number => {
    if (typeof value === "number" && Number.isFinite(value)) return value + 0;
    throw invalidValue(place, "must be a finite number");
  };
}

export function floatDecoder(place: ValuePlace): Encode {
  return (raw: unknown): number | null => {
    if (typeof raw === "number" || raw === null) return raw;
    if (typeof raw === "bigint") return Number(raw);
    throw unreadable(place, "a number");
  };
}

/** Writes true and false as 1 and 0, and takes nothing else for one of them. */
export function booleanEncoder(place: ValuePlace): Encode {
  return (value: unknown): number => {
    if (typeof value === "boolean") return value ? 1 : 0;
    throw invalidValue(place, "must be true or false");
  };
}

export function booleanDecoder(place: ValuePlace): Encode {
  return (raw: unknown): boolean | null => {
    if (raw === 1 || raw === 1n) return true;
    if (raw === 0 || raw === 0n) return false;
    if (raw === null) return null;
    throw unreadable(place, "0 or 1");
  };
}
