import type { ColumnType } from "../model/column-type.ts";
import type { ValuePlace } from "../operation/expression.ts";
import type { Encode } from "../adapter/encoder.ts";
import {
  clockOf,
  dateText,
  daysIn,
  inUtc,
  parseInstant,
  parseTime,
  timeOf,
  timeText,
  type Clock,
} from "./instant-text.ts";
import { invalidValue, unreadable } from "./invalid-value.ts";
import { writeInstant } from "./write-instant.ts";

type InstantType = Extract<ColumnType, { kind: "datetime" | "timestamp" }>;
type DateType = Extract<ColumnType, { kind: "date" }>;
type TimeType = Extract<ColumnType, { kind: "time" }>;

/** Writes an instant from a Date or an ISO text; a text without zone is UTC. Digits beyond the column's precision are cut. */
export function instantEncoder(type: InstantType, place: ValuePlace): Encode {
  const { precision } = type;
  return (value: unknown): string => {
    const text =
      value instanceof Date ? writeInstant(value, precision) : storedText(clockOfText(value, type, place), precision);
    if (text !== undefined) return text;
    throw invalidValue(place, "must be a valid Date or ISO text in the years 1 to 9999");
  };
}

function storedText(clock: Clock | undefined, precision: number | undefined): string | undefined {
  return clock && `${dateText(clock)} ${timeText(clock, precision)}`;
}

function clockOfText(value: unknown, type: InstantType, place: ValuePlace): Clock | undefined {
  const clock = typeof value === "string" ? parseInstant(value) : undefined;
  if (clock?.offset && !type.useTz) throw invalidValue(place, "has no time zone and takes no text with an offset");
  return clock && inUtc(clock);
}

/** Reads an instant as Date, or as ISO text with all its digits: `2024-02-29T13:05:09.25Z`, without `Z` in a column without zone. */
export function instantDecoder(type: InstantType, place: ValuePlace): Encode {
  if (type.as === "date") return (raw: unknown) => (raw === null ? null : dateOf(raw, place));
  const zone = type.useTz ? "Z" : "";
  return (raw: unknown) => {
    if (raw === null) return null;
    const clock = typeof raw === "string" ? parseInstant(raw) : undefined;
    const utc = clock && inUtc(clock);
    if (utc === undefined) throw unreadable(place, "a date and time as text");
    return `${dateText(utc)}T${timeText(utc)}${zone}`;
  };
}

/** The digits stand at fixed places in the stored form, so that reading them there saves the general parser. */
function dateOf(raw: unknown, place: ValuePlace): Date {
  if (typeof raw === "string" && raw.length >= 19 && raw.length <= 26) {
    const millis = fixedMillis(raw);
    if (!Number.isNaN(millis)) return new Date(millis);
  }
  const clock = typeof raw === "string" ? parseInstant(raw) : undefined;
  if (clock === undefined) throw unreadable(place, "a date and time as text");
  return new Date(timeOf(clock));
}

/** `YYYY-MM-DD HH:MM:SS[.ffffff]`; NaN for any other form. */
function fixedMillis(text: string): number {
  const day = text.charCodeAt(10);
  if ((day !== 32 && day !== 84) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const month = digits(text, 5);
  const dayOfMonth = digits(text, 8);
  const hour = digits(text, 11);
  const minute = digits(text, 14);
  const second = digits(text, 17);
  if (!(year >= 1 && month >= 1 && month <= 12 && dayOfMonth >= 1)) return Number.NaN;
  if (dayOfMonth > 28 && dayOfMonth > daysIn(year, month)) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const seconds = (dayNumber(year, month, dayOfMonth) * 24 + hour) * 3600 + minute * 60 + second;
  return seconds * 1000 + fixedFraction(text);
}

/** The days from the end of February of the year 0 to 1970-01-01. */
const daysTo1970 = 719_469;

/** The days from 1970-01-01. Years are counted from March, so that the leap day is their last. */
function dayNumber(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + dayOfYear - daysTo1970;
}

function fixedFraction(text: string): number {
  const { length } = text;
  if (length === 19) return 0;
  if (text.charCodeAt(19) !== 46) return Number.NaN;
  let millis = 0;
  for (let index = 20; index < length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    if (index < 23) millis = millis * 10 + digit;
  }
  return length >= 23 ? millis : millis * 10 ** (23 - length);
}

function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Writes a calendar day: the UTC day of a Date, or `YYYY-MM-DD`. */
export function dateEncoder(place: ValuePlace): Encode {
  return (value: unknown): string => {
    const clock = value instanceof Date ? clockOf(value) : typeof value === "string" ? dayOfText(value) : undefined;
    if (clock !== undefined) return dateText(clock);
    throw invalidValue(place, "must be a valid Date or a text like 2024-12-31, in the years 1 to 9999");
  };
}

function dayOfText(text: string): Clock | undefined {
  return text.length === 10 ? parseInstant(text) : undefined;
}

/** Reads a calendar day; where another program stored a time with it, the time is left out. */
export function dateDecoder(type: DateType, place: ValuePlace): Encode {
  return (raw: unknown): Date | string | null => {
    if (raw === null) return null;
    const clock = typeof raw === "string" ? parseInstant(raw) : undefined;
    if (clock === undefined) throw unreadable(place, "a date as text");
    return type.as === "string" ? dateText(clock) : new Date(timeOf(atMidnight(clock)));
  };
}

function atMidnight(clock: Clock): Clock {
  return { ...clock, hour: 0, minute: 0, second: 0, micros: 0, offset: undefined };
}

/** Writes a time of day: the UTC time of a Date, or `HH:MM[:SS[.ffffff]]`. */
export function timeEncoder(type: TimeType, place: ValuePlace): Encode {
  return (value: unknown): string => {
    const clock = value instanceof Date ? clockOf(value) : typeof value === "string" ? parseTime(value) : undefined;
    if (clock !== undefined) return timeText(clock, type.precision);
    throw invalidValue(place, "must be a valid Date or a text like 23:59:59.5");
  };
}

export function timeDecoder(type: TimeType, place: ValuePlace): Encode {
  return (raw: unknown): Date | string | null => {
    if (raw === null) return null;
    const clock = typeof raw === "string" ? parseTime(raw) : undefined;
    if (clock === undefined) throw unreadable(place, "a time of day as text");
    return type.as === "string" ? timeText(clock) : new Date(timeOf(clock));
  };
}
