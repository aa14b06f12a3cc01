import { col } from "@mortise/core";
import { becomes, notNumbers, same, type ValueCase } from "./value-case.ts";

const int64 = 2n ** 63n;

const integers: readonly ValueCase[] = [
  {
    name: "tinyInteger",
    column: col.tinyInteger(),
    values: same(-128, -1, 0, 1, 127),
    refused: [-129, 128, 0.5, "1", 300n, ...notNumbers],
    compares: "ordered",
  },
  {
    name: "tinyInteger unsigned",
    column: col.tinyInteger({ unsigned: true }),
    values: same(0, 255),
    refused: [-1, 256],
    compares: "ordered",
  },
  {
    name: "smallInteger",
    column: col.smallInteger(),
    values: same(-32768, 0, 32767),
    refused: [-32769, 32768],
    compares: "ordered",
  },
  {
    name: "mediumInteger",
    column: col.mediumInteger(),
    values: same(-8388608, 0, 8388607),
    refused: [-8388609, 8388608],
    compares: "ordered",
  },
  {
    name: "integer",
    column: col.integer(),
    values: [...same(-(2 ** 31), -1), becomes(-0, 0), becomes(5n, 5), ...same(2 ** 31 - 1)],
    refused: [-(2 ** 31) - 1, 2 ** 31, 1.5, "7", 2n ** 31n, 2n ** 70n, ...notNumbers],
    compares: "ordered",
  },
  {
    name: "integer unsigned",
    column: col.integer({ unsigned: true }),
    values: same(0, 2 ** 32 - 1),
    refused: [-1, 2 ** 32],
    compares: "ordered",
  },
];

const bigIntegers: readonly ValueCase[] = [
  {
    name: "bigInteger",
    column: col.bigInteger(),
    values: [
      ...same(-int64, -(2n ** 53n) - 1n, -(2n ** 53n), -(2 ** 53) + 1),
      becomes(0n, 0),
      ...same(1, 2 ** 53 - 1, 2n ** 53n, 2n ** 53n + 1n, int64 - 1n),
    ],
    refused: [int64, -int64 - 1n, 2 ** 53, 0.5, "9007199254740993", ...notNumbers],
    compares: "ordered",
  },
  {
    name: 'bigInteger of mode "bigint"',
    column: col.bigInteger({ mode: "bigint" }),
    values: [...same(-int64, -1n, 0n), becomes(3, 3n), ...same(2n ** 53n + 1n, int64 - 1n)],
    refused: [int64, -int64 - 1n, 2 ** 53, "3", ...notNumbers],
    compares: "ordered",
  },
  {
    name: 'bigInteger of mode "number"',
    column: col.bigInteger({ mode: "number" }),
    values: [...same(-(2 ** 53) + 1, -1), becomes(0n, 0), ...same(2 ** 53 - 1)],
    refused: [2 ** 53, 2n ** 53n, -(2n ** 53n), int64, ...notNumbers],
    compares: "ordered",
  },
];

const floats: readonly ValueCase[] = ([col.float(), col.double(), col.real()] as const).map((column) => ({
  name: column.type.kind,
  column,
  values: [
    ...same(-Number.MAX_VALUE, -1.1, -5e-324),
    becomes(-0, 0),
    ...same(5e-324, 0.1, 0.1 + 0.2, 1, 16777217, 2 ** 53, 3.4e38, Number.MAX_VALUE),
  ],
  refused: ["1.5", 1n, ...notNumbers],
  compares: "ordered",
}));

const digits38 = "12345678901234567890123456789012345678";

const decimals: readonly ValueCase[] = [
  {
    name: "decimal(10, 2)",
    column: col.decimal({ precision: 10, scale: 2 }),
    values: [
      ...same(-99999999.99, -0.01),
      becomes(-0, 0),
      ...same(0.1, 1.5, 2, 10.25),
      becomes("12.50", 12.5),
      ...same(99999999.99),
    ],
    refused: [100000000, 0.001, 1e-7, "1,5", "1.234", "0x10", ...notNumbers],
    compares: "ordered",
  },
  {
    name: 'decimal(38, 10) of mode "string"',
    column: col.decimal({ precision: 38, scale: 10, mode: "string" }),
    values: [
      ...same("-9999999999999999999999999999.9999999999", "-2.0000000000", "-1.0000000000", "-0.0000000001"),
      becomes("-0.00", "0.0000000000"),
      becomes("1e-10", "0.0000000001"),
      becomes(0.1, "0.1000000000"),
      becomes("9", "9.0000000000"),
      becomes("+10", "10.0000000000"),
      becomes(100n, "100.0000000000"),
      ...same("1234567890123456789012345678.1234567890", "9999999999999999999999999999.9999999999"),
    ],
    refused: [
      "0.00000000001",
      "10000000000000000000000000000",
      0.1 + 0.2,
      2 ** 60,
      "1.2.3",
      "--1",
      "e5",
      ...notNumbers,
    ],
    compares: "ordered",
  },
  {
    name: 'decimal of mode "string" without limits',
    column: col.decimal({ mode: "string" }),
    values: same(`-${digits38}`, "0", `0.${digits38}1`, "1.5", `${digits38}.5`, `${digits38}000`),
    refused: ["", " 1", "1e99999", ...notNumbers],
    compares: "ordered",
  },
];

/** Numbers of every kind. */
export const numberValues: readonly ValueCase[] = [...integers, ...bigIntegers, ...floats, ...decimals];
