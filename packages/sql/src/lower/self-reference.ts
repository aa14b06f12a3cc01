import {
  rewriteExpression,
  type ColumnNode,
  type Expression,
  type SelectStatement,
  type Source,
} from "@mortise/core/adapter";
import { ParensNode, type OperationNode } from "kysely";
import { lower, type Lowering } from "./lowering.ts";
import { commaList, template } from "./template.ts";

type Target = Source & { readonly kind: "model" };

/**
 * The condition of a write. Engines that read no table in a subquery while they change it are given the keys of the rows out of a
 * derived table, which is complete before the change begins:
 *
 * `id in (select * from (select id from users where exists (…) limit 9007199254740991) as touched)`
 */
export function lowerWriteCondition(where: Expression, target: Target, lowering: Lowering): OperationNode {
  const { primaryKey, table } = target.model;
  const plain = lowering.dialect.selfReference !== "derived" || primaryKey.length === 0 || !reads(where, table);
  if (plain) return lower(where, lowering);
  const keys = primaryKey.map((column): ColumnNode => ({
    kind: "column",
    table: target.alias,
    model: target.model,
    column,
  }));
  // Beside a constant the server forgets that the table is read out of a derived one.
  const query = lowering.select(keysQuery(keys, where, target), { ...lowering, boundConstants: true });
  const nodes = keys.map((key) => lower(key, lowering));
  const [only, another] = nodes;
  const operand = only !== undefined && another === undefined ? only : ParensNode.create(commaList(nodes));
  return template`${operand} in (select * from ${query} as touched)`;
}

/** A derived table with a limit, unlike a distinct one by key, is never melted into the write again. */
function keysQuery(keys: readonly ColumnNode[], where: Expression, from: Target): SelectStatement {
  return {
    kind: "select",
    with: [],
    from,
    joins: [],
    selections: keys.map((key) => ({ name: key.column.property, expression: key })),
    distinct: false,
    distinctOn: [],
    where,
    groupBy: [],
    having: undefined,
    setOperations: [],
    orderBy: [],
    limit: { kind: "literal", value: Number.MAX_SAFE_INTEGER },
    offset: undefined,
    lock: undefined,
  };
}

/** Whether any subquery of a condition reads a table. */
function reads(where: Expression, table: string): boolean {
  let found = false;
  rewriteExpression(where, (node) => {
    const query = subqueryOf(node);
    if (query !== undefined && readsTable(query, table)) found = true;
    return node;
  });
  return found;
}

function subqueryOf(node: Expression): SelectStatement | undefined {
  if (node.kind === "exists" || node.kind === "subquery") return node.query;
  return node.kind === "in" && node.list.kind === "subquery" ? node.list.query : undefined;
}

function readsTable(query: SelectStatement, table: string): boolean {
  const sources = [query.from, ...query.joins.map((join) => join.source)];
  const inner = [...query.with.map((one) => one.query), ...query.setOperations.map((one) => one.query)];
  return sources.some((source) => isTable(source, table)) || inner.some((one) => readsTable(one, table));
}

function isTable(source: Source, table: string): boolean {
  switch (source.kind) {
    case "model":
      return source.model.table === table;
    case "table":
      return source.name === table;
    case "derived":
      return readsTable(source.query, table);
    case "none":
      return false;
  }
}
