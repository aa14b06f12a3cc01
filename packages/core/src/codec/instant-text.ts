/**
 * Instants, dates and times as text.
 *
 * An instant is `2024-02-29 13:05:09.25`, in UTC, with as many digits behind the point as it needs and no point without them. Then the
 * order of the texts is the order of time; engines without an instant of their own store it so, and the others read it.
 */
export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
  /** Minutes east of UTC, when the text said it. */
  readonly offset: number | undefined;
}

const instantPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|z|[+-]\d\d(?::?\d\d)?))?)?$/;

/** Reads any ISO 8601 text of a day, with or without time and zone; `undefined` for any other text and for days that do not exist. */
export function parseInstant(text: string): Clock | undefined {
  const found = instantPattern.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = found;
  const clock: Clock = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    micros: microsOf(fraction),
    offset: zone === undefined ? undefined : offsetOf(zone),
  };
  return isDay(clock) && isTime(clock) && Math.abs(clock.offset ?? 0) < 24 * 60 ? clock : undefined;
}

const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/;

/** Reads `HH:MM[:SS[.ffffff]]`. */
export function parseTime(text: string): Clock | undefined {
  const found = timePattern.exec(text);
  if (found === null) return undefined;
  const [, hour, minute, second = "0", fraction = ""] = found;
  const clock: Clock = {
    year: 1970,
    month: 1,
    day: 1,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    micros: microsOf(fraction),
    offset: undefined,
  };
  return isTime(clock) ? clock : undefined;
}

/** The milliseconds since 1970 that a clock shows; microseconds are cut. */
export function timeOf(clock: Clock): number {
  const date = new Date(0);
  date.setUTCFullYear(clock.year, clock.month - 1, clock.day);
  return date.setUTCHours(
    clock.hour,
    clock.minute - (clock.offset ?? 0),
    clock.second,
    Math.floor(clock.micros / 1000),
  );
}

/** The clock in UTC; `undefined` when it leaves the years 1 to 9999. */
export function inUtc(clock: Clock): Clock | undefined {
  if (!clock.offset) return clock;
  const moved = clockOf(new Date(timeOf(clock)));
  return moved && { ...moved, micros: clock.micros };
}

/** The clock of a Date; `undefined` for an invalid one and outside the years 1 to 9999. */
export function clockOf(date: Date): Clock | undefined {
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return undefined;
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    micros: date.getUTCMilliseconds() * 1000,
    offset: undefined,
  };
}

export function dateText(clock: Clock): string {
  return `${String(clock.year).padStart(4, "0")}-${two(clock.month)}-${two(clock.day)}`;
}

/** `HH:MM:SS[.f…]`, cut to so many digits behind the point. */
export function timeText(clock: Clock, precision = 6): string {
  const whole = `${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}`;
  if (clock.micros === 0) return whole;
  const fraction = String(clock.micros).padStart(6, "0").slice(0, precision).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function microsOf(fraction: string): number {
  return fraction === "" ? 0 : Number(fraction.slice(0, 6).padEnd(6, "0"));
}

function offsetOf(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5) || "0");
  return digits.startsWith("-") ? -minutes : minutes;
}

function isDay({ year, month, day }: Clock): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isTime({ hour, minute, second }: Clock): boolean {
  return hour <= 23 && minute <= 59 && second <= 59;
}
