import { expect, test } from "vitest";
import { checkBudgets } from "./budgets.ts";
import type { SourceFile } from "./source-file.ts";

function file(name: string, lines: number, line = "export {}\n"): SourceFile {
  return { path: `packages/core/src/${name}.ts`, text: line.repeat(lines) };
}

function functionOf(lines: number, line = "  work()\n"): SourceFile {
  return { path: "packages/core/src/a.ts", text: `export const run = () => {\n${line.repeat(lines - 2)}}\n` };
}

test("files and functions within the budgets pass", () => {
  expect(checkBudgets([])).toEqual([]);
  expect(checkBudgets([file("a", 10), file("b", 120), file("c", 600)])).not.toContainEqual(
    expect.stringContaining("median"),
  );
  expect(checkBudgets([...smallFiles(9), file("large", 600)])).toEqual([]);
  expect(checkBudgets([functionOf(60)])).toEqual([]);
});

test("a file over 600 code lines is named", () => {
  expect(checkBudgets([...smallFiles(20), file("large", 601)])).toEqual([
    "packages/core/src/large.ts has 601 code lines, a file may have 600.",
  ]);
});

test("a median over 120 code lines is reported", () => {
  expect(checkBudgets([file("a", 10), file("b", 121), file("c", 122)])).toEqual([
    "The median of the files has 121 code lines, at most 120 are allowed.",
  ]);
});

test("a 90th percentile over 300 code lines is reported", () => {
  expect(checkBudgets([...smallFiles(8), file("b", 301), file("c", 302)])).toEqual([
    "The 90th percentile of the files has 301 code lines, at most 300 are allowed.",
  ]);
});

test("a function over 60 code lines is named with its place", () => {
  expect(checkBudgets([functionOf(61)])).toEqual([
    "packages/core/src/a.ts:1 run has 61 code lines, a function may have 60.",
  ]);
});

test("blank lines and comments are not code", () => {
  expect(checkBudgets([functionOf(200, "\n  // a comment\n")])).toEqual([]);
  expect(checkBudgets([file("a", 700, "/* a\n comment */\n\n")])).toEqual([]);
});

function smallFiles(count: number): SourceFile[] {
  return Array.from({ length: count }, (_, index) => file(`small-${index}`, 10));
}
