import { describe, expect, it } from "vitest";
import { col } from "../model/col.ts";
import { defineModel } from "../model/define-model.ts";
import { modelInfo } from "../model/model.ts";
import { selectFrom } from "../plan/select-from.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnNode, Expression } from "./expression.ts";
import { printStatement } from "./print.ts";
import { renameTables } from "./rename-tables.ts";
import type { SelectStatement } from "./statement.ts";

const model = modelInfo(
  defineModel("people", { columns: { id: col.increment(), about: col.json(), at: col.date() } }),
)!;
const column = (name: string, table = "people"): ColumnNode => ({
  kind: "column",
  table,
  model,
  column: model.columns.get(name)!,
});
const equal = (left: Expression, right: Expression): Expression => ({ kind: "comparison", left, operator: "=", right });
const people = (where: Expression, alias = "people"): SelectStatement =>
  selectFrom({ kind: "model", model, alias }, { selections: [{ name: "id", expression: column("id", alias) }], where });
const parameter = { kind: "parameter", slot: 0, place: undefined } as const;
const renamed = (where: Expression) =>
  printStatement(
    renameTables(
      people(where),
      new Map([
        ["people", "p"],
        ["outer", "people"],
      ]),
    ),
  );

describe("renameTables", () => {
  it("renames the table and its columns, and the outer one to its name at the same time", () => {
    expect(renamed(equal(column("id"), column("id", "outer")))).toBe(
      "select p.id from people as p where (p.id = people.id)",
    );
  });

  it("reaches the columns inside functions", () => {
    const path: Expression = { kind: "jsonPath", operand: column("about"), path: parameter };
    const year: Expression = { kind: "datePart", part: "year", operand: column("at") };
    expect(renamed(equal(path, year))).toContain("(p.about -> $0 = year(p.at))");
  });

  it("renames in inner queries, but not where they have a table of that name", () => {
    const inner = people(equal(column("id", "q"), column("id")), "q");
    expect(renamed({ kind: "exists", query: inner, negated: false })).toContain(
      "exists (select q.id from people as q where (q.id = p.id))",
    );
    const own = people(equal(column("id"), column("id", "outer")));
    expect(renamed({ kind: "exists", query: own, negated: false })).toContain(
      "exists (select people.id from people where (people.id = people.id))",
    );
  });

  it("refuses raw text, which may name the table", () => {
    expect(() => renamed({ kind: "raw", texts: ["people.id > 1"], operands: [] })).toThrow(InvalidQueryError);
  });
});
