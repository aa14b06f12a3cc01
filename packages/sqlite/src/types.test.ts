import { generateKeyPairSync } from "node:crypto";
import { jsonNull, type ColumnType } from "@mortise/core/adapter";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { placeFor } from "./nodes.fixture.ts";
import { openTestDatabase } from "./test-database.fixture.ts";
import { codecFor, columnKinds, typeRow, types } from "./types.ts";

const database = openTestDatabase();
afterAll(() => database.close());

/** Writes a value into a column as it would be declared, and reads it back with and without exact integers. */
function roundTrip(type: ColumnType, value: unknown): unknown[] {
  const place = placeFor(type);
  const { encode, decode } = codecFor(place);
  database.exec(`create table if not exists "${type.kind}" (value ${typeRow(type, place).storage}) strict`);
  database.prepare(`insert into "${type.kind}" values (?)`).run(encode(value));
  const select = (exact: boolean) =>
    database.prepare(`select value from "${type.kind}"`).pluck().safeIntegers(exact).get();
  const read = [...(isWide(type) ? [] : [false]), true].map((exact) => {
    const raw = select(exact);
    return decode === undefined ? raw : decode(raw);
  });
  database.exec(`delete from "${type.kind}"`);
  return read;
}

/** Such columns are always read with exact integers. */
function isWide(type: ColumnType): boolean {
  return type.kind === "any" || type.kind === "specific" || (type.kind === "bigInteger" && type.mode !== "number");
}

interface Case {
  readonly type: ColumnType;
  /** Values that come back as they are. */
  readonly same: readonly unknown[];
  /** Values that come back in another form. */
  readonly becomes?: readonly (readonly [unknown, unknown])[];
  readonly refused: readonly unknown[];
}

const max = 2n ** 63n;
const notScalars: readonly unknown[] = [
  {},
  [],
  { a: 1 },
  () => 1,
  Symbol("x"),
  new Map(),
  { toString: () => "x" },
  { toJSON: () => 1 },
];
const datetime = { kind: "datetime", as: "date", useTz: true, precision: undefined } as const;
const secret = { id: "k", secret: "0123456789abcdef" };
const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const uuid = "0190a4c2-7b1e-7c3a-8f00-5a1d2c3b4e5f";

const cases: readonly Case[] = [
  {
    type: { kind: "tinyInteger", unsigned: false },
    same: [-128, 0, 127],
    refused: [-129, 128, 1.5, "1", true, Number.NaN],
  },
  { type: { kind: "tinyInteger", unsigned: true }, same: [0, 255], refused: [-1, 256] },
  { type: { kind: "smallInteger", unsigned: false }, same: [-32768, 32767], refused: [-32769, 32768] },
  { type: { kind: "mediumInteger", unsigned: true }, same: [0, 16777215], refused: [16777216] },
  {
    type: { kind: "integer", unsigned: false },
    same: [-(2 ** 31), -1, 0, 1, 2 ** 31 - 1],
    becomes: [
      [5n, 5],
      [-0, 0],
    ],
    refused: [-(2 ** 31) - 1, 2 ** 31, Infinity, "5", 5.5, max],
  },
  { type: { kind: "integer", unsigned: true }, same: [2 ** 32 - 1], refused: [2 ** 32, -1] },
  {
    type: { kind: "bigInteger", unsigned: false, mode: "auto" },
    same: [0, -1, 2 ** 53 - 1, -(2 ** 53) + 1, 2n ** 53n, 2n ** 53n + 1n, max - 1n, -max],
    becomes: [[7n, 7]],
    refused: [max, -max - 1n, 2 ** 53, 0.5, "1"],
  },
  {
    type: { kind: "bigInteger", unsigned: false, mode: "bigint" },
    same: [0n, max - 1n],
    becomes: [[3, 3n]],
    refused: [max, "3"],
  },
  {
    type: { kind: "bigInteger", unsigned: false, mode: "number" },
    same: [2 ** 53 - 1, -1],
    becomes: [[1n, 1]],
    refused: [2n ** 53n, 2 ** 53],
  },
  {
    type: { kind: "bigInteger", unsigned: true, mode: "auto" },
    same: [0, max - 1n],
    refused: [-1, max, 2n ** 64n - 1n],
  },
  ...(["float", "double", "real"] as const).map((kind) => ({
    type: { kind },
    same: [0, 0.1 + 0.2, 5e-324, 2 ** 53, Number.MAX_VALUE, -1.1],
    becomes: [[-0, 0]] as const,
    refused: [Number.NaN, Infinity, -Infinity, "1.5", 1n, true, ...notScalars],
  })),
  {
    type: { kind: "decimal", precision: 10, scale: 2, mode: "number" },
    same: [0, 0.1, 12345678.99, -1.5],
    becomes: [
      ["1.50", 1.5],
      [3n, 3],
      [-0, 0],
    ],
    refused: [0.001, 123456789, Number.NaN, "x", "1.234", ...notScalars],
  },
  {
    type: { kind: "decimal", precision: 38, scale: 10, mode: "string" },
    same: ["1234567890123456789012345678.0123456789", "-0.0000000001", "0.0000000000"],
    becomes: [
      [1.5, "1.5000000000"],
      ["1e2", "100.0000000000"],
      [10n, "10.0000000000"],
    ],
    refused: [0.1 + 0.2, 2 ** 53, "12345678901234567890123456789", "0.00000000001"],
  },
  {
    type: { kind: "decimal", precision: undefined, scale: undefined, mode: "string" },
    same: ["123456789.123456789123456789"],
    becomes: [["1.0", "1"]],
    refused: ["NaN"],
  },
  {
    type: { kind: "string", length: 3 },
    same: ["", "a", "a  ", "€😀ö", "ab'"],
    refused: ["abcd", "a\0", "\ud800", 1, true, new Date(), Buffer.from("a"), ...notScalars],
  },
  { type: { kind: "char", length: 2 }, same: ["ab", "a "], refused: ["abc"] },
  ...(["text", "mediumText", "longText"] as const).map((kind) => ({
    type: { kind },
    same: ["", "x".repeat(100_000), "e\u0301 é \u2028 \uffff", "$1 ? ${x} '\"`;--"],
    refused: ["\0", "a\udc00", 1, ...notScalars],
  })),
  { type: { kind: "boolean" }, same: [true, false], refused: [0, 1, "true", ...notScalars] },
  ...(["json", "jsonb"] as const).map((kind) => ({
    type: { kind },
    same: [
      true,
      0,
      1.5,
      "text",
      "",
      [],
      {},
      [null],
      { a: [1, { b: null }] },
      JSON.parse('{"__proto__":1,"constructor":2}'),
      jsonNull,
      2 ** 53,
    ],
    becomes: [
      [{ a: undefined }, {}],
      [-0, 0],
      [{ at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
    ] as const,
    refused: [
      undefined,
      () => 1,
      1n,
      { a: 1n },
      [undefined],
      [Symbol("x")],
      Number.NaN,
      { a: Infinity },
      cyclic(),
      new Map(),
      [new Set()],
      Buffer.from("a"),
      "a\0",
      "\ud800",
      { "\0": 1 },
      deep(1001),
    ],
  })),
  {
    type: { kind: "date", as: "date" },
    same: [
      new Date("0001-01-01"),
      new Date("1582-10-10"),
      new Date("1970-01-01"),
      new Date("2000-02-29"),
      new Date("2011-12-30"),
      new Date("9999-12-31"),
    ],
    becomes: [
      [new Date("2024-05-05T23:59:59.999Z"), new Date("2024-05-05")],
      ["2024-05-05", new Date("2024-05-05")],
    ],
    refused: [new Date(Number.NaN), "2023-02-29", "2024-05-05T00:00:00Z", "20240505", 0, ...notScalars],
  },
  {
    type: { kind: "date", as: "string" },
    same: ["0001-01-01", "2024-02-29", "9999-12-31"],
    refused: ["0000-01-01", "2024-2-1", "infinity"],
  },
  {
    type: datetime,
    same: [new Date(0), new Date("2024-03-10T07:30:00.123Z"), new Date("9999-12-31T23:59:59.999Z")],
    refused: [new Date(Number.NaN), 0, ...notScalars],
  },
  {
    type: { ...datetime, kind: "timestamp", as: "string" },
    same: ["2024-03-10T07:30:00.123456Z", "1970-01-01T00:00:00Z"],
    refused: ["now"],
  },
  {
    type: { kind: "time", as: "date", precision: undefined },
    same: [new Date(0), new Date("1970-01-01T23:59:59.999Z")],
    becomes: [
      ["12:30", new Date("1970-01-01T12:30:00Z")],
      [new Date("2024-01-01T01:02:03Z"), new Date("1970-01-01T01:02:03Z")],
    ],
    refused: ["24:00:00", "-1:00:00", "1:00", 5, ...notScalars],
  },
  {
    type: { kind: "time", as: "string", precision: undefined },
    same: ["00:00:00", "23:59:59.999999", "12:00:00.5"],
    refused: ["12"],
  },
  {
    type: { kind: "uuid" },
    same: [uuid, "00000000-0000-0000-0000-000000000000"],
    becomes: [[uuid.toUpperCase(), uuid]],
    refused: ["", "x", `${uuid}0`, `{${uuid}}`, 1, ...notScalars],
  },
  {
    type: { kind: "ulid" },
    same: ["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
    becomes: [["01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FAV"]],
    refused: ["81ARZ3NDEKTSV4RRFFQ69G5FAV", "short"],
  },
  {
    type: { kind: "objectId" },
    same: ["507f1f77bcf86cd799439011", "123456789012345678901234"],
    refused: ["507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901g"],
  },
  {
    type: { kind: "binary", length: 256 },
    same: [Buffer.alloc(0), Buffer.from([0]), Buffer.from(Array.from({ length: 256 }, (_, index) => index))],
    becomes: [
      ["é", Buffer.from("é")],
      [new Uint8Array([1, 2, 3]).subarray(1), Buffer.from([2, 3])],
    ],
    refused: [Buffer.alloc(257), 1, [1, 2], "\ud800", ...notScalars],
  },
  {
    type: { kind: "enum", values: ["a", "it's", ""], native: undefined },
    same: ["a", "it's", ""],
    refused: ["A", "b", 0, ...notScalars],
  },
  {
    type: { kind: "set", values: ["a", "b", "c"] },
    same: [[], ["a"], ["a", "c"]],
    becomes: [
      [
        ["c", "a"],
        ["a", "c"],
      ],
    ],
    refused: [["a", "a"], ["d"], "a", [null], {}],
  },
  {
    type: { kind: "array", inner: { kind: "integer", unsigned: false } },
    same: [[], [1, null, -2]],
    refused: ["[]", [1.5], [undefined], [[1]], {}],
  },
  {
    type: { kind: "array", inner: { kind: "bigInteger", unsigned: false, mode: "bigint" } },
    same: [[1n, max - 1n]],
    refused: [[max]],
  },
  { type: { kind: "array", inner: { kind: "boolean" } }, same: [[true, false, null]], refused: [[1]] },
  {
    type: { kind: "array", inner: { kind: "binary", length: undefined } },
    same: [[Buffer.from([0, 255])]],
    refused: [[{}]],
  },
  {
    type: { kind: "array", inner: { kind: "decimal", precision: 5, scale: 2, mode: "string" } },
    same: [["1.50"]],
    refused: [["1.234"]],
  },
  { type: { kind: "array", inner: datetime }, same: [[new Date(5)]], refused: [["x"]] },
  { type: { kind: "array", inner: { kind: "json" } }, same: [[{ a: 1 }, [2], "x"]], refused: [[1n]] },
  {
    type: { kind: "array", inner: { kind: "array", inner: { kind: "text" } } },
    same: [[["a"], [], ["'", null]]],
    refused: [["a"]],
  },
  ...(["any", "specific"] as const).map((kind) => ({
    type: kind === "any" ? { kind } : { kind, sqlType: "ANY" },
    same: ["", "5", 5, 1.5, max - 1n, Buffer.from([1])],
    becomes: [
      [true, 1],
      [7n, 7],
    ] as const,
    refused: [{}, [], () => 1, new Date(), Number.NaN, max, "\ud800"],
  })),
  {
    type: { kind: "encrypted", cipher: { scheme: "symmetric", keys: [secret] } },
    same: ["", "geheim 😀"],
    refused: [1, "\0", {}],
  },
  {
    type: { kind: "encrypted", cipher: { scheme: "asymmetric", publicKey, privateKey } },
    same: ["geheim"],
    refused: [1],
  },
];

function cyclic(): object {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

describe.each(cases)("$type", ({ type, same, becomes = [], refused }) => {
  it("gives back what was written", () => {
    for (const value of same) for (const read of roundTrip(type, value)) expect(read).toStrictEqual(value);
    for (const [value, wanted] of becomes)
      for (const read of roundTrip(type, value)) expect(read).toStrictEqual(wanted);
  });

  it("keeps null", () => {
    expect(codecFor(placeFor(type)).decode?.(null) ?? null).toBeNull();
  });

  it("refuses what does not fit, without telling it", () => {
    for (const value of refused) {
      const write = () => codecFor(placeFor(type)).encode(value);
      expect(write, `${typeof value} ${String(Object.prototype.toString.call(value))}`).toThrow(/^things\.value /);
    }
  });
});

it("has a case for every kind that SQLite holds, and refuses the others by name", () => {
  expect(new Set(cases.map(({ type }) => type.kind))).toEqual(new Set(columnKinds));
  const others = Object.keys(types).filter((kind) => !columnKinds.some((held) => held === kind));
  expect(others).toEqual(["inet", "macaddr", "tsvector", "range", "vector", "geometry"]);
  expect(() => codecFor(placeFor({ kind: "inet" }))).toThrow(
    'The column type "inet" of things.value is not supported by sqlite.',
  );
});

it("keeps every double and every integer of 64 bits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(roundTrip({ kind: "double" }, value)).toEqual([value + 0, value + 0]);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -max, max: max - 1n }), (value) => {
      expect(roundTrip({ kind: "bigInteger", unsigned: false, mode: "bigint" }, value)).toEqual([value]);
    }),
  );
});

it("never rounds what it reads", () => {
  const read = (type: ColumnType, raw: unknown) => () => codecFor(placeFor(type)).decode?.(raw);
  expect(read({ kind: "integer", unsigned: false }, 2 ** 53)).toThrow(
    "holds a stored value that is not a whole number",
  );
  expect(read({ kind: "integer", unsigned: false }, 2n ** 53n)).toThrow(
    "holds a stored value that is not a whole number",
  );
  expect(read({ kind: "integer", unsigned: false }, "5")).toThrow("holds a stored value");
  expect(read({ kind: "bigInteger", unsigned: false, mode: "number" }, 2n ** 53n)).toThrow("within ±(2^53 - 1)");
  expect(read({ kind: "bigInteger", unsigned: false, mode: "number" }, 2 ** 53)).toThrow("within ±(2^53 - 1)");
  expect(read({ kind: "boolean" }, 2)).toThrow("is not 0 or 1");
});
