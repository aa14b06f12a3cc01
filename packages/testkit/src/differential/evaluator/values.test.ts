import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../laws/check.ts";
import type { ColumnSpec, OrderSpec, Value } from "../program.ts";
import { aggregate } from "./aggregate.ts";
import { clockOf, dayNumber, dayOf, numberOf, readDay } from "./calendar.ts";
import { compareText, compareValues, sameValue } from "./compare.ts";
import { addDecimal, compareDecimal, divideDecimal, readDecimal, writeDecimal } from "./decimal.ts";
import { arrange, wanted } from "./order.ts";
import { matches } from "./pattern.ts";

describe("decimals", () => {
  test.each([
    ["1.50", 0, "1.5"],
    ["1.5", 2, "1.50"],
    ["-0.00", 0, "0"],
    ["-0.05", 1, "-0.05"],
    ["100", 0, "100"],
    ["-100.0", 2, "-100.00"],
    ["0", 4, "0.0000"],
  ])("%s with %i digits is %s", (text, scale, expected) => {
    expect(writeDecimal(readDecimal(text), scale)).toBe(expected);
  });
  test.each([
    ["1.5", "1.50", 0],
    ["9", "10", -1],
    ["-9", "-10", 1],
    ["0.1", "-0.1", 1],
    ["12345678901234567890.01", "12345678901234567890.02", -1],
  ])("%s and %s compare as %i", (left, right, expected) => {
    expect(compareDecimal(readDecimal(left), readDecimal(right))).toBe(expected);
  });
  test.each([
    ["1", 3, "0.3333333333333333"],
    ["2", 3, "0.6666666666666667"],
    ["-2", 3, "-0.6666666666666667"],
    ["1", 4, "0.25"],
    ["0", 7, "0"],
    ["0.00000000000000001", 2, "0.00000000000000001"],
  ])("%s by %i is %s", (sum, count, expected) => {
    expect(writeDecimal(divideDecimal(readDecimal(sum), count), 0)).toBe(expected);
  });
  test("add up as integers of the last digit do", async () => {
    const units = fc.bigInt(-(10n ** 30n), 10n ** 30n);
    const law = fc.property(units, units, fc.nat(5), (a, b, scale) => {
      expect(compareDecimal(addDecimal({ units: a, scale }, { units: b, scale }), { units: a + b, scale })).toBe(0);
      expect(readDecimal(writeDecimal({ units: a, scale }, scale))).toEqual({ units: a, scale });
    });
    await check(law, 200);
  });
});

describe("the calendar", () => {
  test.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2000-02-29", 11_016],
    ["2000-03-01", 11_017],
    ["1900-03-01", -25_508],
    ["0001-01-01", -719_162],
  ])("%s is day %i", (text, number) => {
    expect(numberOf(readDay(text))).toBe(number);
    expect(dayOf(number)).toEqual(readDay(text));
  });
  test("knows every day there and back, as the built-in one does", async () => {
    const law = fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
      const day = dayOf(number);
      expect(numberOf(day)).toBe(number);
      const built = new Date(number * 86_400_000);
      expect(day).toEqual({ year: built.getUTCFullYear(), month: built.getUTCMonth() + 1, day: built.getUTCDate() });
    });
    await check(law, 500);
  });
  test.each([
    [0, 0, "00:00:00"],
    [-1, -1, "23:59:59"],
    [86_399_999, 0, "23:59:59"],
    [86_400_000 + 3_723_004, 1, "01:02:03"],
  ])("%i is on day %i at %s", (instant, day, clock) => {
    expect(dayNumber(instant)).toBe(day);
    expect(clockOf(instant)).toBe(clock);
  });
});

test("texts compare by code points", () => {
  const sorted = ["", " ", "A", "B", "a", "a ", "aa", "b", "é", "\uffee", "😀"];
  expect(sorted.toReversed().toSorted(compareText)).toEqual(sorted);
  expect(sorted.toSorted()).not.toEqual(sorted);
});

test("values are the same by what they mean", () => {
  expect(sameValue("decimal", "1.5", "1.50")).toBe(true);
  expect(sameValue("text", "a", "A")).toBe(false);
  expect(sameValue("integer", null, null)).toBe(true);
  expect(sameValue("integer", null, 0)).toBe(false);
  expect(compareValues("boolean", false, true)).toBeLessThan(0);
  expect(compareValues("bigInteger", 2n ** 53n, 2n ** 53n + 1n)).toBeLessThan(0);
});

test.each([
  ["like", "abc", "a%", true],
  ["like", "abc", "A%", false],
  ["like", "abc", "a_c", true],
  ["like", "a😀c", "a_c", true],
  ["like", "abc", "ab", false],
  ["like", "a%c", "a\\%c", true],
  ["like", "abc", "a\\%c", false],
  ["like", "a\\", "a\\\\", true],
  ["like", "", "%", true],
  ["like", "", "_", false],
  ["like", "aab", "%ab", true],
  ["ilike", "Éa", "éA", true],
  ["contains", "a%b", "%", true],
  ["contains", "ab", "%", false],
  ["startsWith", "ab", "A", false],
  ["endsWith", "ab", "b", true],
  ["endsWith", "ab", "", true],
] as const)("%s: %j by %j", (match, text, sought, expected) => {
  expect(matches(match, text, sought)).toBe(expected);
});

const sorted = (values: readonly Value[], order: Omit<OrderSpec, "column">) =>
  arrange(values, [{ ...order, column: "a" }], (value) => ({ kind: "integer", value }), { limit: 3, offset: 1 });

test("nulls come first ascending and last descending unless an order says otherwise", () => {
  const all = [2, null, 1, null];
  const firsts = (direction: "asc" | "desc", nulls: "first" | "last" | undefined) =>
    sorted(all, { direction, nulls }).groups.flat();
  expect(firsts("asc", undefined)).toEqual([null, null, 1, 2]);
  expect(firsts("desc", undefined)).toEqual([2, 1, null, null]);
  expect(firsts("asc", "last")).toEqual([1, 2, null, null]);
  expect(firsts("desc", "first")).toEqual([null, null, 2, 1]);
  const listing = sorted(all, { direction: "asc", nulls: undefined });
  expect(listing.groups.map((group) => group.length)).toEqual([2, 1, 1]);
  expect(wanted(listing)).toEqual([null, 1, 2]);
});

test("aggregates leave nulls aside, and of nothing they are null", () => {
  const column = (kind: ColumnSpec["kind"]): ColumnSpec => ({ name: "a", kind, nullable: true, scale: 0, pool: [] });
  const of = (does: "count" | "sum" | "avg" | "min" | "max", kind: ColumnSpec["kind"], ...values: readonly Value[]) =>
    aggregate(
      does,
      column(kind),
      values.map((value) => new Map([["a", value]])),
    ).value;
  expect(of("count", "integer", 1, null, 3)).toBe(2);
  expect(of("sum", "integer", null, null)).toBeNull();
  expect(of("sum", "bigInteger", 2n ** 60n, 1n)).toBe(2n ** 60n + 1n);
  expect(of("sum", "decimal", "0.1", "0.2", null)).toBe("0.3");
  expect(of("avg", "integer", 1, 2, null)).toBe(1.5);
  expect(of("avg", "decimal", "1", "2")).toBe("1.5");
  expect(of("min", "decimal", "9", "10")).toBe("9");
  expect(of("max", "text", "b", "a ", null)).toBe("b");
});
