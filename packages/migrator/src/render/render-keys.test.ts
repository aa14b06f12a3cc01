import { expect, test } from "vitest";
import { plainIndex } from "../builder/key-builder.ts";
import { indexSource, uniqueSource } from "./render-keys.ts";

test("what a part of an index says is written, and read back as it was", () => {
  const parts = [
    "a",
    { column: "b", length: 10 },
    { column: "c", order: "desc", nulls: "last", operatorClass: "text_pattern_ops" },
    { expression: "lower(d)", collation: "C" },
  ] as const;
  const index = plainIndex(parts, "mine", { unique: true });
  expect(indexSource("things", index)).toBe(
    'index(["a", { column: "b", length: 10 }, { column: "c", order: "desc", nulls: "last", operatorClass: "text_pattern_ops" }, ' +
      '{ expression: "lower(d)", collation: "C" }], "mine", { unique: true })',
  );
  expect(index.columns[1]).toMatchObject({ column: "b", length: 10 });
});

test("a unique key that is an index stays one", () => {
  expect(uniqueSource("things", { name: "mine", columns: ["a"], asIndex: true })).toBe(
    'index("a", "mine", { unique: true })',
  );
  expect(uniqueSource("things", { name: "mine", columns: ["a"] })).toBe('unique("a", "mine")');
});
