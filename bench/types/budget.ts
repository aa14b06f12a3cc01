import type { Measured } from "./measure.ts";

/** What types may cost, in instantiations of the compiler. */
export interface Budget {
  readonly perModel: number;
  /** For a model with ten relations of all kinds. */
  readonly perRelatedModel: number;
  readonly perQuery: number;
  /** How much more a model or a query may cost in a large schema than in a small one: 0.05 is 5 %. */
  readonly growth: number;
}

/** What one model or one query costs: the step between two projects, so that what every project pays falls out. */
export interface Cost {
  readonly what: "model" | "related model" | "query";
  /** Which projects were compared. */
  readonly where: string;
  readonly instantiations: number;
  /** Costs of one group must be equal, up to the growth allowed. */
  readonly group: "model" | "related model" | "query" | "query on related models" | "query on 10 models";
}

const budgetOf = { model: "perModel", "related model": "perRelatedModel", query: "perQuery" } as const;

/** One sentence for every cost above the budget, and for every group whose cost grows with the schema. */
export function checkBudget(costs: readonly Cost[], budget: Budget): string[] {
  return [...costs.flatMap((cost) => checkCost(cost, budget)), ...checkGrowth(costs, budget.growth)];
}

function checkCost({ what, where, instantiations }: Cost, budget: Budget): string[] {
  const allowed = budget[budgetOf[what]];
  if (instantiations <= allowed) return [];
  return [`A ${what} costs ${Math.round(instantiations)} instantiations (${where}), at most ${allowed} are allowed.`];
}

function checkGrowth(costs: readonly Cost[], growth: number): string[] {
  const groups = Object.entries(Object.groupBy(costs, (cost) => cost.group));
  return groups.flatMap(([group, own]) => {
    const least = own.toSorted((a, b) => a.instantiations - b.instantiations)[0];
    const most = own.toSorted((a, b) => b.instantiations - a.instantiations)[0];
    if (!least || !most || most.instantiations <= least.instantiations * (1 + growth)) return [];
    return [
      `The cost of a ${group} is not flat: ${Math.round(least.instantiations)} (${least.where}) and ` +
        `${Math.round(most.instantiations)} (${most.where}) differ by more than ${growth * 100} %.`,
    ];
  });
}

/** What a model costs between neighbouring sizes, of projects without queries given from small to large. */
export function modelCosts(projects: readonly Measured[], what: "model" | "related model" = "model"): Cost[] {
  return steps(projects).map(([small, large]) => ({
    what,
    where: `${small.models} to ${large.models} models`,
    instantiations: (large.instantiations - small.instantiations) / (large.models - small.models),
    group: what,
  }));
}

/** What a query costs between two projects that differ in their queries alone. */
export function queryCost(few: Measured, many: Measured, group: Cost["group"]): Cost {
  return {
    what: "query",
    where: `${few.queries} to ${many.queries} queries in ${few.models} models`,
    instantiations: (many.instantiations - few.instantiations) / (many.queries - few.queries),
    group,
  };
}

function steps<T>(list: readonly T[]): (readonly [T, T])[] {
  return list.slice(1).map((next, at) => [list[at]!, next] as const);
}
