import { describe, expect, it } from "vitest";
import { QueryError, type RowsType } from "@mortise/core/adapter";
import { plainForm, rowListDecoder, unfoldGroups, type RowListReader } from "./row-list.ts";

const flag = { kind: "flag" } as const;
const leaf: RowsType = { kind: "rows", results: [flag, flag], ordered: false, inside: true, model: "leaves" };
const tree: RowsType = { ...leaf, results: [flag, leaf], inside: false, model: "trees" };
const plain: RowListReader = { formOf: () => plainForm };

describe("rowListDecoder", () => {
  it("gives rows with the driver's values, in lists within lists too", () => {
    const reader: RowListReader = { formOf: () => ({ ...plainForm, revive: (entry) => `<${String(entry)}>` }) };
    expect(rowListDecoder(tree, reader)("[[1, [[2, null], [3, 4]]], [null, []]]")).toEqual([
      [
        "<1>",
        [
          ["<2>", null],
          ["<3>", "<4>"],
        ],
      ],
      [null, []],
    ]);
  });

  it.each([null, "", "[[1, [[2, 3]", "[[1, null]]", "[null]", "{}", 7])("says that %j is not whole", (raw) => {
    expect(() => rowListDecoder(tree, plain)(raw)).toThrow(QueryError);
    expect(() => rowListDecoder(tree, plain)(raw)).toThrow('{ strategy: "separate" }');
  });
});

describe("unfoldGroups", () => {
  it("leaves rows of one group without lists as they are", () => {
    const rows = [[1, 2]];
    expect(unfoldGroups(rows, leaf)).toBe(rows);
  });

  it("joins groups of columns and puts the lists behind them", () => {
    const wide: RowsType = { ...tree, results: [flag, flag, flag, leaf] };
    expect(unfoldGroups([[[1, 2], [3], [[4, 5]]]], wide, 2)).toEqual([[1, 2, 3, [[4, 5]]]]);
    expect(unfoldGroups([[[1], [[2]]]], tree)).toEqual([[1, [[2]]]]);
  });
});
