import { requireDepth } from "./nesting.ts";
import { Builder } from "./builder.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { Expression } from "../operation/expression.ts";
import type { SelectStatement } from "../operation/statement.ts";
import { buildEmbedded } from "../plan/build-select.ts";
import { derived, selectFrom } from "../plan/select-from.ts";
import { allOf, hasFetchHook, type Appender, type Deferred, type Embedded, type QueryState } from "./query-state.ts";
import type { Resolved } from "./resolve-column.ts";

/** The query behind a builder, or `undefined` for any other value. */
export function asSubquery(value: unknown): QueryState | undefined {
  return value instanceof Builder ? value.state : undefined;
}

export function requireSubquery(value: unknown, where: string): QueryState {
  const query = asSubquery(value);
  if (query !== undefined) return query;
  throw new InvalidQueryError(`${where} needs a query made with db.from(Model).`);
}

/** Takes the values and hook points of a query of its own into the query it becomes part of. */
export function embed(to: Appender, query: QueryState): Embedded {
  const hooked = hasFetchHook(query);
  const hooks = to.hookPoints.length;
  const hook = hooked ? hooks + query.hookPoints.length : undefined;
  const embedded = { query, offset: to.values.length, hooks, hook };
  to.depth = Math.max(to.depth, requireDepth(query.entry.info.table, query.depth + 1));
  for (const value of query.values) to.slot(value);
  to.hookPoints = [
    ...to.hookPoints,
    ...query.hookPoints,
    ...(hooked ? [{ entry: query.entry, alias: query.alias }] : []),
  ];
  to.key += `[${query.key}]`;
  return embedded;
}

/** `column in (query)`. */
export function inSubquery(to: Appender, column: Resolved, query: QueryState, negated: boolean): Deferred {
  to.key += `${column.key}${negated ? "!" : ""}I`;
  const embedded = embed(to, query);
  return {
    kind: "deferred",
    build: (context) => {
      const statement = buildEmbedded(embedded, context);
      if (statement.selections.length !== 1) {
        throw new InvalidQueryError(
          `A query after "in" must select one column, and this selects ${statement.selections.length}.`,
        );
      }
      const listed = negated ? withoutNulls(statement) : statement;
      return { kind: "in", operand: column.node, list: { kind: "subquery", query: listed }, negated };
    },
  };
}

/** The one column of a query without its nulls, since nothing is "not in" a list that holds one. */
function withoutNulls(statement: SelectStatement): SelectStatement {
  const expression = statement.selections[0]!.expression;
  if (expression.kind === "column" && !expression.column.definition.nullable && statement.joins.length === 0)
    return statement;
  const cut =
    statement.groupBy.length > 0 ||
    statement.setOperations.length > 0 ||
    statement.limit !== undefined ||
    statement.offset !== undefined;
  if (!cut)
    return { ...statement, where: allOf(statement.where, { kind: "nullTest", operand: expression, negated: true }) };
  const value: Expression = { kind: "name", table: "listed", name: "value" };
  const listed = derived({ ...statement, selections: [{ name: "value", expression }] }, "listed");
  return selectFrom(listed, {
    selections: [{ name: "value", expression: value }],
    where: { kind: "nullTest", operand: value, negated: true },
  });
}

/** `exists (query)`. The query may name columns of the outer one with `whereColumn`. */
export function existsSubquery(to: Appender, query: QueryState, negated: boolean): Deferred {
  to.key += negated ? "!E" : "E";
  const embedded = embed(to, query);
  return {
    kind: "deferred",
    build: (context) => ({ kind: "exists", query: buildEmbedded(embedded, context), negated }),
  };
}
