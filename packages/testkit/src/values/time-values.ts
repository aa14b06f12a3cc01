import { col } from "@mortise/core";
import { becomes, notScalars, same, type CaseValue, type ValueCase } from "./value-case.ts";

const dates = (...texts: readonly string[]) => same(...texts.map((text) => new Date(text)));
const invalid: readonly unknown[] = [
  new Date(Number.NaN),
  new Date(8.64e15),
  new Date("-000001-01-01T00:00:00Z"),
  "",
  "tomorrow",
  "2023-02-29",
  "2023-13-01",
  "2023-00-10",
  "2024-01-32",
  0,
  20240101,
  1n,
  true,
  ...notScalars,
];

/** 1582 is no gap here, Apia had no 30 December 2011, and New York had two times 01:30 on 3 November 2024. */
const instants: readonly CaseValue[] = dates(
  "0001-01-01T00:00:00.000Z",
  "0099-12-31T23:59:59.999Z",
  "1582-10-10T12:00:00.000Z",
  "1900-02-28T23:59:59.001Z",
  "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00.000Z",
  "2000-02-29T13:05:09.250Z",
  "2011-12-30T10:00:00.000Z",
  "2024-03-10T07:30:00.000Z",
  "2024-11-03T05:30:00.000Z",
  "2024-11-03T06:30:00.000Z",
  "9999-12-31T23:59:59.999Z",
);

const days: readonly ValueCase[] = [
  {
    name: "date",
    column: col.date(),
    values: [
      ...dates("0001-01-01", "1582-10-10", "1900-02-28"),
      becomes("1970-01-01", new Date(0)),
      ...dates("2000-02-29", "2011-12-30"),
      becomes(new Date("2024-03-10T23:59:59.999Z"), new Date("2024-03-10")),
      ...dates("9999-12-31"),
    ],
    refused: ["2024-1-1", "2024-01-01T00:00:00Z", "24-01-01", ...invalid],
    compares: "ordered",
  },
  {
    name: "date as text",
    column: col.date({ as: "string" }),
    values: [
      ...same("0001-01-01", "1582-10-10", "2000-02-29"),
      becomes(new Date("2011-12-30T23:00:00Z"), "2011-12-30"),
      ...same("9999-12-31"),
    ],
    refused: ["0000-01-01", "2024-1-1", ...invalid],
    compares: "ordered",
  },
];

const micro: readonly CaseValue[] = [
  ...same("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2024-02-29T13:05:09.000001Z"),
  becomes("2024-02-29T13:05:09.123456+00:00", "2024-02-29T13:05:09.123456Z"),
  becomes("2024-02-29T13:05:09.999999-05:30", "2024-02-29T18:35:09.999999Z"),
  becomes("2024-03-10 07:30:00", "2024-03-10T07:30:00Z"),
  becomes(new Date("2024-11-03T05:30:00.250Z"), "2024-11-03T05:30:00.25Z"),
  ...same("9999-12-31T23:59:59.999999Z"),
];
const badTimes = ["2024-01-01T24:00:00Z", "2024-01-01T23:60:00Z", "2024-01-01T23:59:60Z", "2024-01-01T10:00:00+25:00"];

const moments: readonly ValueCase[] = [
  {
    name: "datetime",
    column: col.datetime(),
    values: instants,
    refused: [...badTimes, ...invalid],
    compares: "ordered",
  },
  { name: "timestamp", column: col.timestamp(), values: instants, refused: invalid, compares: "ordered" },
  {
    name: "datetime as text",
    column: col.datetime({ as: "string" }),
    values: micro,
    refused: [...badTimes, "0001-01-01T00:00:00+01:00", "10000-01-01T00:00:00Z", ...invalid],
    compares: "ordered",
  },
  {
    name: "datetime of whole seconds",
    column: col.datetime({ precision: 0 }),
    values: [
      becomes(new Date("1999-12-31T23:59:59.999Z"), new Date("1999-12-31T23:59:59Z")),
      ...dates("2000-01-01T00:00:00Z"),
    ],
    refused: invalid,
    compares: "ordered",
  },
  {
    name: "timestamp without zone, as text",
    column: col.timestamp({ useTz: false, as: "string" }),
    values: same("1582-10-10T00:00:00", "2024-03-10T02:30:00", "2024-11-03T01:30:00.5"),
    refused: ["2024-03-10T02:30:00+05:00", ...invalid],
    compares: "ordered",
  },
];

const clock = (text: string) => new Date(`1970-01-01T${text}Z`);
const badClocks = [
  "24:00:00",
  "-01:00:00",
  "12:60:00",
  "12:00:60",
  "1:00",
  "noon",
  "",
  new Date(Number.NaN),
  0,
  ...notScalars,
];

const clocks: readonly ValueCase[] = [
  {
    name: "time",
    column: col.time(),
    values: [
      ...same(clock("00:00:00")),
      becomes("01:02", clock("01:02:00")),
      becomes(new Date("2024-03-10T07:30:00.5Z"), clock("07:30:00.5")),
      ...same(clock("23:59:59.999")),
    ],
    refused: badClocks,
    compares: "ordered",
  },
  {
    name: "time as text",
    column: col.time({ as: "string" }),
    values: [...same("00:00:00", "00:00:00.000001"), becomes("13:30", "13:30:00"), ...same("23:59:59.999999")],
    refused: badClocks,
    compares: "ordered",
  },
];

/** Days, instants and times of day. */
export const timeValues: readonly ValueCase[] = [...days, ...moments, ...clocks];
