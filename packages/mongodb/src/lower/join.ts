import type { Join } from "@mortise/core/adapter";
import type { Pipeline, Template } from "../command.ts";
import { matchStages } from "./filter.ts";
import { keyTie } from "./key-tie.ts";
import { collectionOf, refuse, type Scope } from "./scope.ts";

/** Joins as stages: each document gets its partner under a field, once for each partner. */
export function joinStages(joins: readonly Join[], scope: Scope): { readonly stages: Pipeline; readonly scope: Scope } {
  const stages: Template[] = [];
  let current = scope;
  for (const [at, { type, source, on }] of joins.entries()) {
    if (type === "right" || type === "full") refuse(`A ${type} join`, "Load the relation instead.");
    if (source.kind === "none") refuse("A join without a table", "Name a model.");
    if (source.kind === "table") refuse(`A join by the table name "${source.name}"`, "Join the model.");
    const inner = current.inner();
    const isQuery = source.kind === "derived";
    const names = isQuery ? new Map(source.query.selections.map(({ name }, index) => [name, `c${index}`])) : undefined;
    const derived = isQuery ? scope.lower.select(source.query, inner) : undefined;
    const joined = inner.with(source.alias, "$", names);
    const field = `__j${at}_${scope.depth}`;
    const from = derived === undefined ? collectionOf(source) : derived.collection;
    if (from === undefined) refuse("A join with a query that reads no table", "Name a model.");
    const { fields, rest } = keyTie({ condition: on, table: source, joins: [] }, current);
    const pipeline = [...(derived?.pipeline ?? []), ...matchStages(rest, joined)];
    const isPlain = fields !== undefined && pipeline.length === 0;
    const asked = isPlain ? fields : { ...fields, let: current.bindings(), pipeline };
    stages.push(
      { $lookup: { from, ...asked, as: field } },
      { $unwind: { path: `$${field}`, preserveNullAndEmptyArrays: type === "left" } },
    );
    current = current.with(source.alias, `$${field}.`, names);
  }
  return { stages, scope: current };
}
