import { expect, it } from "vitest";
import { PlanCache } from "./plan-cache.ts";

it("makes a plan once and counts hits and misses", () => {
  const cache = new PlanCache(10);
  let made = 0;
  const make = () => ({ number: (made += 1) });
  expect(cache.get("a", make)).toEqual({ number: 1 });
  expect(cache.get("a", make)).toEqual({ number: 1 });
  expect(cache.get("b", make)).toEqual({ number: 2 });
  expect(cache.stats).toEqual({ hits: 1, misses: 2, size: 2 });
});

it("stays within two generations and keeps what is used", () => {
  const cache = new PlanCache(10);
  for (let at = 0; at < 1000; at += 1) {
    cache.get("kept", () => "kept");
    cache.get(`one-off ${at}`, () => at);
  }
  expect(cache.stats.size).toBeLessThanOrEqual(20);
  expect(cache.stats.misses).toBe(1001);
});

it("does not keep a plan that could not be made", () => {
  const cache = new PlanCache(10);
  const fail = (): string => {
    throw new Error("no plan");
  };
  expect(() => cache.get("a", fail)).toThrow("no plan");
  expect(cache.get("a", () => "plan")).toBe("plan");
});
