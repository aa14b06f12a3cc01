import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDecimals,
  averageDecimal,
  canonicalDecimal,
  compareDecimals,
  decimalSortKey,
  padDecimal,
  subtractDecimals,
} from "./decimal.ts";

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: -5, max: 40 }))
  .map(([units, scale]) => canonicalDecimal(`${units}e${-scale}`) ?? "0");

describe("canonical text", () => {
  it.each([
    ["1.50", "1.5"],
    ["-0.00", "0"],
    ["+7", "7"],
    ["007.10", "7.1"],
    [".5", "0.5"],
    ["5.", "5"],
    ["1e3", "1000"],
    ["1.5E-7", "0.00000015"],
    ["-12345678901234567890.123456789", "-12345678901234567890.123456789"],
    ["0.0", "0"],
  ])("%s is %s", (given, wanted) => {
    expect(canonicalDecimal(given)).toBe(wanted);
  });

  it.each([
    "",
    ".",
    "-",
    "1.2.3",
    "1,5",
    "NaN",
    "Infinity",
    "0x10",
    " 1",
    "1 ",
    "1e",
    "1e99999",
    "--1",
    "1".repeat(1001),
  ])("refuses %j", (text) => {
    expect(canonicalDecimal(text)).toBeUndefined();
  });

  it("pads to a scale", () => {
    expect([padDecimal("1.5", 2), padDecimal("10", 2), padDecimal("1.234", 2), padDecimal("-3", 0)]).toEqual([
      "1.50",
      "10.00",
      "1.234",
      "-3",
    ]);
  });
});

describe("arithmetic", () => {
  it("is exact", () => {
    expect(addDecimals("0.1", "0.2")).toBe("0.3");
    expect(subtractDecimals("1", "99999999999999999999.99")).toBe("-99999999999999999998.99");
    expect(averageDecimal("10", 3)).toBe("3.3333333333333333");
    expect(averageDecimal("-20", 3)).toBe("-6.6666666666666667");
    expect(averageDecimal("3", 2)).toBe("1.5");
  });

  it("takes back what it added", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(subtractDecimals(addDecimals(a, b), b)).toBe(a);
      }),
    );
  });
});

describe("sort key", () => {
  it("orders texts as the numbers are ordered", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [left, right] = [decimalSortKey(a), decimalSortKey(b)];
        expect(left < right ? -1 : Number(left > right)).toBe(compareDecimals(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it("orders numbers that share digits, powers and signs", () => {
    const ordered = [
      "-100",
      "-10.1",
      "-10",
      "-9.99",
      "-1",
      "-0.51",
      "-0.5",
      "-0.05",
      "0",
      "0.0499",
      "0.05",
      "0.5",
      "0.51",
      "1",
      "9",
      "10",
      "10.01",
      "99",
      "100",
    ];
    const shuffled = ordered.toReversed().toSorted((a, b) => (decimalSortKey(a) < decimalSortKey(b) ? -1 : 1));
    expect(shuffled).toEqual(ordered);
  });
});
