import { expect, it } from "vitest";
import { splitRaw } from "./raw-text.ts";

it.each([
  ["a = ?", ["a = ", ""]],
  ["a = '?' and b = ?", ["a = '?' and b = ", ""]],
  ["a = 'it''s ?' and b = ?", ["a = 'it''s ?' and b = ", ""]],
  ['"odd?name" = ?', ['"odd?name" = ', ""]],
  ["`odd?name` = ?", ["`odd?name` = ", ""]],
  ["a -- really?\n= ?", ["a -- really?\n= ", ""]],
  ["a /* ? */ = ?", ["a /* ? */ = ", ""]],
  ["$tag$ ? $tag$ || ?", ["$tag$ ? $tag$ || ", ""]],
  ["tags ?| array[?]", ["tags ?| array[", "]"]],
  ["tags ?& array[?]", ["tags ?& array[", "]"]],
  ["tags \\? 'a' and b = ?", ["tags ? 'a' and b = ", ""]],
  ["never closed ' ?", ["never closed ' ?"]],
  ["", [""]],
])("cuts %j at its placeholders", (text, parts) => {
  expect(splitRaw(text)).toEqual(parts);
});
