import { describe, expect, it } from "vitest";
import { col } from "../model/col.ts";
import { createSchema, schemaOf } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import type { Expression } from "../operation/expression.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { emptyState, type QueryState } from "../query/query-state.ts";
import { buildSelect } from "./build-select.ts";
import { givesAtMostOneRow } from "./at-most-one-row.ts";

const Line = defineModel("lines", {
  columns: { orderId: col.integer(), lineNo: col.integer(), label: col.string() },
  primaryKey: ["orderId", "lineNo"],
});
const registry = schemaOf(createSchema({ lines: Line }));
const entry = registry.entries[0]!;
const { info } = entry;

const compare = (name: string, operator: "=" | ">" = "="): Expression => {
  const column = info.columns.get(name)!;
  const right = { kind: "parameter", slot: 0, place: placeOfColumn(info, column) } as const;
  return { kind: "comparison", left: columnNode(info, column, "lines"), operator, right };
};
const select = (where: QueryState["where"]) =>
  buildSelect({ ...emptyState(registry, entry), where }, { hooked: () => undefined, scope: [] }).statement;

describe("givesAtMostOneRow", () => {
  it("knows a look-up by the whole primary key, whatever else is asked", () => {
    expect(givesAtMostOneRow(select([[compare("orderId"), compare("lineNo")]]))).toBe(true);
    expect(givesAtMostOneRow(select([[compare("label"), compare("lineNo"), compare("orderId")]]))).toBe(true);
  });

  it.each([
    ["no condition", []],
    ["a part of the key", [[compare("orderId")]]],
    ["another comparison", [[compare("orderId"), compare("lineNo", ">")]]],
    ["an alternative", [[compare("orderId"), compare("lineNo")], [compare("label")]]],
  ])("does not take %s for one", (_, where) => {
    expect(givesAtMostOneRow(select(where))).toBe(false);
  });
});
