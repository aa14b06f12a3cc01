import { expect, test } from "vitest";
import { median, medianDifference, medianRatio, percentile, rotated } from "./statistics.ts";

test("the median of an odd number of values is the one in the middle, of an even number the mean of two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 2, 10, 4])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test("a percentile is one of the values", () => {
  const values = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect(percentile(values, 0.5)).toBe(100);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile([7], 0.99)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test("the median of ratios is not the ratio of medians", () => {
  expect(medianRatio([2, 30, 4], [1, 10, 4])).toBe(2);
  expect(medianRatio([], [])).toBeUndefined();
  expect(() => medianRatio([1], [])).toThrow(RangeError);
});

test("a slow moment of the machine leaves the median of ratios as it is", () => {
  const quiet = medianRatio([2, 2, 2], [1, 1, 1]);
  expect(medianRatio([2, 20, 2], [1, 10, 1])).toBe(quiet);
});

test("differences are taken side by side", () => {
  expect(medianDifference([3, 5, 100], [1, 4, 2])).toBe(2);
  expect(medianDifference([], [])).toBeUndefined();
  expect(() => medianDifference([], [1])).toThrow(RangeError);
});

test("each subject takes each place once in as many rounds as there are subjects", () => {
  const rounds = [0, 1, 2].map((round) => rotated(["a", "b", "c"], round));
  expect(rounds).toEqual([
    ["a", "b", "c"],
    ["b", "c", "a"],
    ["c", "a", "b"],
  ]);
  expect(rotated(["a"], 5)).toEqual(["a"]);
  expect(rotated([], 5)).toEqual([]);
});
