import type { SelectStatement } from "@mortise/core/adapter";
import type { Pipeline } from "../command.ts";
import { fromTied } from "./join-order.ts";
import { keyTie } from "./key-tie.ts";
import { refuse, type Scope, type SelectPipeline } from "./scope.ts";

/** Runs a query for each document and keeps its rows in a field, whose name is given. */
function lookup(
  given: SelectStatement,
  scope: Scope,
  cut: Pipeline = [],
): { readonly field: string; readonly inner: SelectPipeline } {
  const query = fromTied(given);
  const { fields, rest } = keyTie({ condition: query.where, table: query.from, joins: query.joins }, scope);
  const inner = scope.lower.selectAsJoined({ ...query, where: rest }, scope.inner());
  if (inner.collection === undefined) refuse("A subquery that reads no table", "Give the value itself.");
  const field = scope.newField();
  scope.pending.push({
    $lookup: {
      from: inner.collection,
      ...fields,
      let: scope.bindings(),
      pipeline: [...inner.pipeline, ...cut],
      as: field,
    },
  });
  return { field, inner };
}

/** Whether a query gives any row. */
export function existsIn(query: SelectStatement, scope: Scope): unknown {
  const { field, inner } = lookup(query, scope, [{ $limit: 1 }]);
  // Aggregates without groups give a row even of nothing.
  return inner.empty === undefined ? { $gt: [{ $size: `$${field}` }, 0] } : true;
}

/** The one value that a query gives, or null. */
export function scalarSubquery(query: SelectStatement, scope: Scope): unknown {
  const { field, inner } = lookup(query, scope, [{ $limit: 1 }]);
  const nothing = inner.empty?.[0] ?? null;
  return { $ifNull: [{ $arrayElemAt: [`$${field}.c0`, 0] }, { $literal: nothing }] };
}

/** The rows of a query as a list of documents, each with the fields of its columns. */
export function lookupRows(query: SelectStatement, scope: Scope): unknown {
  return `$${lookup(query, scope).field}`;
}

/** The first column of a query as a list, null for what is missing. */
export function lookupColumn(query: SelectStatement, scope: Scope): unknown {
  const { field } = lookup(query, scope);
  return { $map: { input: `$${field}`, as: "row", in: { $ifNull: ["$$row.c0", null] } } };
}
