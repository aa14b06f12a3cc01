import { describe, expect, it } from "vitest";
import { col } from "../model/col.ts";
import { defineModel } from "../model/define-model.ts";
import { modelInfo } from "../model/model.ts";
import type { Expression } from "./expression.ts";
import { isVacuous } from "./vacuous.ts";

const yes: Expression = { kind: "literal", value: true };
const no: Expression = { kind: "literal", value: false };
const real: Expression = { kind: "raw", texts: ["a = b"], operands: [] };
const and = (...operands: Expression[]): Expression => ({ kind: "and", operands });
const or = (...operands: Expression[]): Expression => ({ kind: "or", operands });
const not = (operand: Expression): Expression => ({ kind: "not", operand });

const model = modelInfo(
  defineModel("things", { columns: { size: col.integer({ nullable: false }), note: col.string() } }),
)!;
const column = (name: "size" | "note", table = "things"): Expression => ({
  kind: "column",
  table,
  model,
  column: model.columns.get(name)!,
});
const compare = (operator: "=" | "<=" | "<>", of: Expression): Expression => ({
  kind: "comparison",
  left: of,
  operator,
  right: of,
});
const isNotNull = (operand: Expression): Expression => ({ kind: "nullTest", operand, negated: true });

describe("isVacuous", () => {
  it.each([
    ["nothing", undefined],
    ["an empty group", and()],
    ["true", yes],
    ["not false", not(no)],
    ["true and true", and(yes, and(yes, yes))],
    ["true or a condition", or(real, yes)],
    ["not (false or false)", not(or(no, no))],
    ["not (false and a condition)", not(and(no, real))],
    ["a required column that is not null", isNotNull(column("size"))],
    ["a required column that equals itself", compare("=", column("size"))],
    ["a required column that is at most itself", compare("<=", column("size"))],
    ["not of a required column that differs from itself", not(compare("<>", column("size")))],
  ])("finds %s vacuous", (_, condition) => {
    expect(isVacuous(condition, "things")).toBe(true);
  });

  it.each([
    ["a condition", real],
    ["false", no],
    ["not true", not(yes)],
    ["true and a condition", and(yes, real)],
    ["false or a condition", or(no, real)],
    ["an empty alternative", or()],
    ["a nullable column that is not null", isNotNull(column("note"))],
    ["a nullable column that equals itself", compare("=", column("note"))],
    ["a required column of a joined table", isNotNull(column("size", "others"))],
  ])("takes %s for a filter", (_, condition) => {
    expect(isVacuous(condition, "things")).toBe(false);
  });
});
