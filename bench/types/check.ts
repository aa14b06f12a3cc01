import { readFileSync } from "node:fs";
import { checkBudget, modelCosts, queryCost, type Budget, type Cost } from "./budget.ts";
import type { Size } from "./generate.ts";
import { measure, removeProjects, type Measured } from "./measure.ts";

const sizes = [10, 100, 300];
const largest: Size = { models: 500, queries: 200 };
/** Queries on so few models must cost the same in any schema. */
const few = 10;

const budget: Budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));

const bare = sizes.map((models) => run({ models, queries: 0 }));
const spread = sizes.map((models) => [run({ models, queries: 20 }), run({ models, queries: 200 })] as const);
const narrow = sizes.map(
  (models) => [run({ models, queries: 20, queried: few }), run({ models, queries: 200, queried: few })] as const,
);
const related = sizes.map((models) => run({ models, queries: 0, related: true }));
const asked = [
  run({ models: 300, queries: 20, related: true }),
  run({ models: 300, queries: 200, related: true }),
] as const;
run(largest);
removeProjects();

const costs: Cost[] = [
  ...modelCosts(bare),
  ...modelCosts(related, "related model"),
  ...spread.slice(-1).map(([some, many]) => queryCost(some, many, "query")),
  queryCost(...asked, "query on related models"),
  ...narrow.map(([some, many]) => queryCost(some, many, "query on 10 models")),
];
for (const { group, where, instantiations } of costs)
  console.log(`a ${group}: ${instantiations.toFixed(1)} (${where})`);

const violations = checkBudget(costs, budget);
for (const violation of violations) console.error(violation);
console.log(
  `types: ${violations.length} violations; a model may cost ${budget.perModel}, with ten relations ${budget.perRelatedModel}, a query ${budget.perQuery} instantiations.`,
);
if (violations.length > 0) process.exitCode = 1;

function run(size: Size): Measured {
  const measured = measure(size);
  const { models, queries, queried = models, instantiations, seconds, megabytes } = measured;
  const cells = [`${models} models`, `${queries} queries`, `on ${Math.min(queried, queries)}`];
  const figures = [`${instantiations} instantiations`, `${seconds.toFixed(2)} s`, `${megabytes} MB`];
  console.log([...cells, ...figures].map((cell, at) => cell.padStart([11, 12, 7, 22, 8, 7][at] ?? 0)).join("  "));
  return measured;
}
