import { describe, expect, it } from "vitest";
import type { Expression } from "./expression.ts";
import { isVacuous } from "./vacuous.ts";

const yes: Expression = { kind: "literal", value: true };
const no: Expression = { kind: "literal", value: false };
const real: Expression = { kind: "raw", texts: ["a = b"], operands: [] };
const and = (...operands: Expression[]): Expression => ({ kind: "and", operands });
const or = (...operands: Expression[]): Expression => ({ kind: "or", operands });
const not = (operand: Expression): Expression => ({ kind: "not", operand });

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
  ])("finds %s vacuous", (_, condition) => {
    expect(isVacuous(condition)).toBe(true);
  });

  it.each([
    ["a condition", real],
    ["false", no],
    ["not true", not(yes)],
    ["true and a condition", and(yes, real)],
    ["false or a condition", or(no, real)],
    ["an empty alternative", or()],
  ])("takes %s for a filter", (_, condition) => {
    expect(isVacuous(condition)).toBe(false);
  });
});
