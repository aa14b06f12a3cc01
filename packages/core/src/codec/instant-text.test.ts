import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantDecoder, instantEncoder } from "./instant-codec.ts";
import { inUtc, parseInstant, parseTime, timeOf } from "./instant-text.ts";

const type = { kind: "datetime", as: "date", useTz: true, precision: undefined } as const;
const place = { type, nullable: true, model: "things", column: "value" };
const encode = instantEncoder(type, place);
const decode = instantDecoder(type, place);
const dates = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

describe("instants", () => {
  it("come back as they were written", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(decode(encode(date))).toEqual(date);
      }),
      { numRuns: 2000 },
    );
  });

  it("sort as text as they do in time", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2000, max: 2000 }), (date, distance) => {
        const other = new Date(date.getTime() + distance);
        fc.pre(other.getUTCFullYear() >= 1 && other.getUTCFullYear() <= 9999);
        const [a, b] = [String(encode(date)), String(encode(other))];
        expect(a < b ? 1 : 0 - Number(a > b)).toBe(Math.sign(distance));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["2024-02-29T13:05:09.25Z", "2024-02-29 13:05:09.25"],
    ["2024-02-29 13:05:09", "2024-02-29 13:05:09"],
    ["2024-02-29", "2024-02-29 00:00:00"],
    ["2024-02-29T13:05Z", "2024-02-29 13:05:00"],
    ["2024-03-01T01:00:00+02:00", "2024-02-29 23:00:00"],
    ["2024-02-29T23:00:00.123456-01:30", "2024-03-01 00:30:00.123456"],
    ["0001-01-01T00:00:00Z", "0001-01-01 00:00:00"],
  ])("stores %s as %s", (given, stored) => {
    expect(encode(given)).toBe(stored);
  });

  it.each([
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "2024-01-32",
    "1900-02-29",
    "0000-01-01",
    "2024-01-01T24:00:00Z",
    "2024-01-01T23:60:00Z",
    "2016-12-31T23:59:60Z",
    "10000-01-01",
    "0001-01-01T00:00:00+01:00",
    "2024-1-1",
    "yesterday",
    "2024-01-01T00:00:00Z; drop",
    "",
    new Date(Number.NaN),
    new Date(8.64e15),
    20240101,
    {},
    true,
  ])("refuses %o", (value) => {
    expect(() => encode(value)).toThrow("things.value must be a valid Date or ISO text in the years 1 to 9999.");
  });

  it("reads what other programs store", () => {
    for (const text of [
      "2009-01-01 00:00:00",
      "2009-01-01T00:00:00Z",
      "2009-01-01T00:00:00.000Z",
      "2009-01-01 00:00:00.000",
      "2009-01-01",
      "2009-01-01 01:00:00+01:00",
    ]) {
      expect(decode(text)).toEqual(new Date("2009-01-01T00:00:00Z"));
    }
    for (const raw of ["soon", 1230768000, 1230768000n, "2009-02-30 00:00:00", "2009-01-01 00:00:00.x"]) {
      expect(() => decode(raw)).toThrow("things.value holds a stored value that is not a date and time as text");
    }
  });

  it("reads every form of a fraction", () => {
    for (const [fraction, millis] of [
      [".1", 100],
      [".12", 120],
      [".123", 123],
      [".1239", 123],
      [".123999", 123],
    ] as const) {
      expect(decode(`2009-01-01 00:00:00${fraction}`)).toEqual(new Date(Date.UTC(2009, 0, 1) + millis));
    }
  });

  it("keeps microseconds as text and cuts to a precision", () => {
    const text = { ...type, as: "string" } as const;
    expect(instantDecoder(text, place)(instantEncoder(text, place)("2024-02-29T13:05:09.123456Z"))).toBe(
      "2024-02-29T13:05:09.123456Z",
    );
    expect(instantEncoder({ ...text, precision: 0 }, place)("2024-02-29T13:05:09.9Z")).toBe("2024-02-29 13:05:09");
    const local = { ...text, useTz: false } as const;
    expect(instantDecoder(local, place)(instantEncoder(local, place)("2024-03-10T02:30:00"))).toBe(
      "2024-03-10T02:30:00",
    );
    expect(() => instantEncoder(local, place)("2024-03-10T02:30:00+01:00")).toThrow("has no time zone");
  });
});

it("parses as the platform does", () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
      const sign = offset < 0 ? "-" : "+";
      const zone = `${sign}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0")}:${String(Math.abs(offset) % 60).padStart(2, "0")}`;
      const text = date.toISOString().replace("Z", zone);
      const clock = parseInstant(text);
      return clock !== undefined && timeOf(clock) === Date.parse(text);
    }),
  );
  expect(inUtc(parseInstant("2024-01-01T00:00:00.000001+00:30") ?? fail())).toMatchObject({ year: 2023, micros: 1 });
  expect(parseTime("24:00:00")).toBeUndefined();
  expect(parseTime("-01:00:00")).toBeUndefined();
});

function fail(): never {
  throw new Error("The text was not read.");
}
