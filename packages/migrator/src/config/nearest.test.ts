import { expect, test } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

const known = ["directory", "tableName", "extension"];

test.each([
  ["directroy", "directory"],
  ["DIRECTORY", "directory"],
  ["tablename", "tableName"],
  ["extensions", "extension"],
  ["colour", undefined],
])("%s is most like %s", (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});

test("two letters in the wrong order are one mistake", () => {
  expect(nearest("pu", ["up"])).toBe("up");
  expect(nearest("pq", ["up"])).toBeUndefined();
});

test("a sentence gives the name, or all names there are", () => {
  expect(didYouMean("directroy", known)).toBe(' Did you mean "directory"?');
  expect(didYouMean("colour", known)).toBe(" There is: directory, tableName, extension.");
});
