import { expect, test } from "vitest";
import { canonicalText } from "./canonical.ts";

class Row {
  b = 2;
  a = new Date(0);
}

test("equal results have one text, whatever their classes and the order of their keys", () => {
  const plain = { a: new Date(0), b: 2n };
  expect(canonicalText([new Row()])).toBe(canonicalText([plain]));
});

test("an instant and its text are different results", () => {
  expect(canonicalText(new Date(0))).not.toBe(canonicalText(new Date(0).toISOString()));
});

test("a different value is a different text", () => {
  expect(canonicalText({ a: 1 })).not.toBe(canonicalText({ a: 2 }));
  expect(canonicalText({ a: 1 })).not.toBe(canonicalText({ a: "1" }));
});
