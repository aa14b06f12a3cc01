import { describe, expect, it } from "vitest";
import { col } from "../model/col.ts";
import { defineModel } from "../model/define-model.ts";
import { modelInfo } from "../model/model.ts";
import type { Expression } from "./expression.ts";
import { printExpression, printStatement } from "./print.ts";
import { rewriteExpression, rewriteSelect, shiftSlots } from "./rewrite.ts";
import type { SelectStatement } from "./statement.ts";

const User = defineModel("users", { columns: { id: col.increment(), name: col.string() } });
const model = modelInfo(User)!;
const column = (name: string): Expression => ({
  kind: "column",
  table: "users",
  model,
  column: model.columns.get(name)!,
});
const parameter = (slot: number) => ({ kind: "parameter", slot, place: undefined }) as const;
const select: SelectStatement = {
  kind: "select",
  with: [],
  from: { kind: "model", model, alias: "users" },
  joins: [],
  selections: [
    { name: "id", expression: column("id") },
    { name: "label", expression: column("name") },
  ],
  distinct: false,
  distinctOn: [],
  where: {
    kind: "or",
    operands: [
      { kind: "comparison", left: column("id"), operator: "=", right: parameter(0) },
      {
        kind: "like",
        operand: column("name"),
        pattern: parameter(1),
        match: "contains",
        caseSensitive: true,
        negated: false,
      },
    ],
  },
  groupBy: [],
  having: undefined,
  setOperations: [],
  orderBy: [{ expression: column("name"), direction: "desc", nulls: "last" }],
  limit: parameter(2),
  offset: undefined,
  lock: undefined,
};

describe("printStatement", () => {
  it("shows a select without a value", () => {
    expect(printStatement(select)).toBe(
      "select users.id, users.name as label from users where ((users.id = $0) or (users.name contains $1)) " +
        "order by users.name desc nulls last limit $2",
    );
  });

  it("shows writes", () => {
    const into = { kind: "model", model, alias: "users" } as const;
    const columns = [model.columns.get("name")!];
    const [name] = columns;
    const returning = [{ name: "id", expression: column("id") }];
    const conflict = { columns, update: [{ column: name!, value: { kind: "excluded", column: name! } as const }] };
    expect(
      printStatement({ kind: "insert", into, columns, rows: [[parameter(0)], [undefined]], conflict, returning }),
    ).toBe(
      "insert into users (name) values ($0), (default) on conflict (name) do update name = excluded returning users.id",
    );
    expect(printStatement({ kind: "delete", from: into, where: undefined, returning: [] })).toBe("delete from users");
  });
});

describe("rewrite", () => {
  it("copies a tree unchanged when nothing is rewritten", () => {
    expect(rewriteSelect(select, (expression) => expression)).toEqual(select);
  });

  it("moves every slot of an embedded query", () => {
    expect(printStatement(shiftSlots(select, 5))).toContain("(users.id = $5) or (users.name contains $6)");
    expect(printStatement(shiftSlots(select, 5))).toContain("limit $7");
  });

  it("works from the inside out", () => {
    const doubled = rewriteExpression(select.where!, (node) =>
      node.kind === "comparison" ? { kind: "not", operand: node } : node,
    );
    expect(printExpression(doubled)).toBe("(not (users.id = $0) or (users.name contains $1))");
  });

  it("refuses to put anything but a parameter where only one fits", () => {
    expect(() =>
      rewriteExpression(select.where!, (node) => (node.kind === "parameter" ? { kind: "literal", value: 1 } : node)),
    ).toThrow("only a parameter fits");
  });
});
