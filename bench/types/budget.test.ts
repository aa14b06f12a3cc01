import { expect, test } from "vitest";
import { checkBudget, modelCosts, queryCost, type Cost } from "./budget.ts";
import type { Measured } from "./measure.ts";

const budget = { perModel: 200, perRelatedModel: 600, perQuery: 900, growth: 0.05 };

function measured(models: number, queries: number, instantiations: number): Measured {
  return { models, queries, instantiations, seconds: 0, megabytes: 0 };
}

function query(instantiations: number, where = "20 to 200 queries in 300 models"): Cost {
  return { what: "query", where, instantiations, group: "query on 10 models" };
}

test("what every project pays falls out of the cost of a model and of a query", () => {
  const projects = [measured(10, 0, 21_800), measured(100, 0, 38_000), measured(300, 0, 74_000)];
  expect(modelCosts(projects)).toEqual([
    { what: "model", where: "10 to 100 models", instantiations: 180, group: "model" },
    { what: "model", where: "100 to 300 models", instantiations: 180, group: "model" },
  ]);
  expect(queryCost(measured(300, 20, 94_000), measured(300, 200, 238_000), "query")).toEqual({
    what: "query",
    where: "20 to 200 queries in 300 models",
    instantiations: 800,
    group: "query",
  });
});

test("costs at the budget pass; one instantiation more is a sentence", () => {
  expect(checkBudget([query(900)], budget)).toEqual([]);
  expect(checkBudget([query(901)], budget)).toEqual([
    "A query costs 901 instantiations (20 to 200 queries in 300 models), at most 900 are allowed.",
  ]);
  expect(checkBudget(modelCosts([measured(10, 0, 0), measured(100, 0, 18_090)]), budget)).toEqual([
    "A model costs 201 instantiations (10 to 100 models), at most 200 are allowed.",
  ]);
});

test("a model with ten relations has a budget of its own", () => {
  const related = modelCosts([measured(10, 0, 0), measured(100, 0, 54_090)], "related model");
  expect(checkBudget(related, budget)).toEqual([
    "A related model costs 601 instantiations (10 to 100 models), at most 600 are allowed.",
  ]);
});

test("a cost that grows with the schema is a sentence, also within the budget", () => {
  expect(checkBudget([query(200, "10 models"), query(210, "300 models")], budget)).toEqual([]);
  expect(checkBudget([query(200, "10 models"), query(205, "100 models"), query(211, "300 models")], budget)).toEqual([
    "The cost of a query on 10 models is not flat: 200 (10 models) and 211 (300 models) differ by more than 5 %.",
  ]);
});
