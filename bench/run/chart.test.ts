import { expect, test } from "vitest";
import { chartOf } from "./chart.ts";
import type { Figure } from "./summary.ts";

function figure(subject: string, toRaw?: number): Figure {
  const ratios = toRaw === undefined ? {} : { raw: toRaw };
  return { subject, wall: 1, p50: 1, p99: 1, wallRatios: ratios, cpuRatios: ratios };
}

function chart(...figures: readonly Figure[]): string {
  const lines = [{ workload: "findByKey", figures, verdicts: [], leftOut: [] }] as const;
  return chartOf({ lines, allocation: undefined });
}

test("every subject has a bar as long as its ratio", () => {
  const svg = chart(figure("raw"), figure("mortise", 0.5));
  expect(svg).toContain('width="560.0" height="14" fill="#8a8f98"');
  expect(svg).toContain('width="280.0" height="14" fill="#4c78a8"');
  expect(svg).toContain("0.50 mortise");
});

test("a bar that is far too long is cut, and says what it would reach", () => {
  const svg = chart(figure("raw"), figure("mortise", 3), figure("slow", 300));
  expect(svg).toContain('width="280.0"');
  expect(svg.match(/width="560.0"/g)).toHaveLength(1);
  expect(svg).toContain("… 300.00 slow");
});

test("a workload that one subject has alone has no bars", () => {
  expect(chart(figure("mortise"))).not.toContain("mortise");
});
