import { expect, test } from "vitest";
import { tokenise } from "./sql-tokens.ts";

const read = (sql: string) => tokenise(sql).map(({ kind, value }) => [kind, value]);

test("names are read in all four quotings, and doubled quotes stand for one", () => {
  expect(read('"a""b" `c``d` [e"f] \'g\'\'h\'')).toEqual([
    ["quotedName", 'a"b'],
    ["quotedName", "c`d"],
    ["quotedName", 'e"f'],
    ["string", "g'h"],
  ]);
});

test("comments and white space are dropped, also at the end and unclosed", () => {
  expect(read("a -- b\n/* c */ d /* e")).toEqual([
    ["word", "a"],
    ["word", "d"],
  ]);
  expect(read("'--' \"/*\"")).toEqual([
    ["string", "--"],
    ["quotedName", "/*"],
  ]);
});

test("numbers, blobs and symbols", () => {
  expect(read("1 .5 1.5e-3 0x1F x'00ff' a||b ->> <> != 1_000")).toEqual([
    ["number", "1"],
    ["number", ".5"],
    ["number", "1.5e-3"],
    ["number", "0x1F"],
    ["blob", "00ff"],
    ["word", "a"],
    ["symbol", "||"],
    ["word", "b"],
    ["symbol", "->>"],
    ["symbol", "<>"],
    ["symbol", "!="],
    ["number", "1_000"],
  ]);
});

test("a name may hold any letter", () => {
  expect(read("größe 表 😀x")).toEqual([
    ["word", "größe"],
    ["word", "表"],
    ["word", "😀x"],
  ]);
});
