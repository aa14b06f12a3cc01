import type { ColumnInfo, Expression, Join, ModelInfo, SelectStatement, Source } from "@mortise/core/adapter";
import { fieldOf } from "../field.ts";
import { conjunction, conjuncts } from "./conjuncts.ts";

/**
 * The statement begun with the table that its conditions tie to values or to rows around it, where it is an inner join that brings that
 * table in: `tags join post_tags where post_tags.post_id in (…)` reads those pivots and their tags, and not the pivots of every tag.
 * Joined rows are found by a key or an index then, as far as the model knows.
 */
export function fromTied(statement: SelectStatement): SelectStatement {
  const { from, joins, where } = statement;
  const [first, ...others] = joins;
  if (from.kind !== "model" || first?.on === undefined || !isModelJoin(first)) return statement;
  const { alias } = first.source;
  const own = [from.alias, ...joins.map(({ source }) => aliasOf(source))];
  const conditions = conjuncts(where);
  const on = conjuncts(first.on);
  const tied = (table: string) =>
    conditions.map((one) => tiedColumn(one, table, own)).filter((one) => one !== undefined);
  const isKeyed = tied(from.alias).some((column) => fieldOf(from.model, column) === "_id");
  if (isKeyed || tied(alias).length === 0 || !isFound(on, from)) return statement;
  const isOwn = (one: Expression) => readsOnly(one, (table) => table === alias);
  return {
    ...statement,
    from: first.source,
    joins: [{ ...first, source: from, on: conjunction(on.filter((one) => !isOwn(one))) }, ...others],
    where: conjunction([...conditions, ...on.filter(isOwn)]),
  };
}

interface SplitWhere {
  readonly before: Expression | undefined;
  readonly after: Expression | undefined;
}

/** The conditions that the rows of the first table meet by themselves, before others are joined to them, and the others. */
export function splitWhere({ from, joins, where }: SelectStatement): SplitWhere {
  if (joins.length === 0) return { before: where, after: undefined };
  const joined = joins.map(({ source }) => aliasOf(source));
  const conditions = conjuncts(where);
  const isEarly = (one: Expression) =>
    from.kind === "model" && readsOnly(one, (table) => table !== undefined && !joined.includes(table));
  return {
    before: conjunction(conditions.filter(isEarly)),
    after: conjunction(conditions.filter((one) => !isEarly(one))),
  };
}

type ModelSource = Extract<Source, { kind: "model" }>;

function isModelJoin(join: Join): join is Join & { readonly source: ModelSource } {
  return join.type === "inner" && join.source.kind === "model";
}

function aliasOf(source: Source): string | undefined {
  return source.kind === "none" ? undefined : source.alias;
}

/** The column of the table of which a condition says what it equals: values, or a column of a query around it. */
function tiedColumn(one: Expression, alias: string, own: readonly (string | undefined)[]): ColumnInfo | undefined {
  const operand = tiedOperand(one, own);
  return operand?.kind === "column" && operand.table === alias ? operand.column : undefined;
}

function tiedOperand(one: Expression, own: readonly (string | undefined)[]): Expression | undefined {
  if (one.kind === "in") return one.list.kind === "list" && !one.negated ? one.operand : undefined;
  if (one.kind !== "comparison" || one.operator !== "=") return undefined;
  const { left, right } = one;
  const isOutside = right.kind === "parameter" || (right.kind === "column" && !own.includes(right.table));
  return isOutside ? left : undefined;
}

/** Whether the rows of the table that a join condition asks for are found without looking at all of them. */
function isFound(on: readonly Expression[], { model, alias }: ModelSource): boolean {
  return on.some((one) => {
    if (one.kind !== "comparison" || one.operator !== "=") return false;
    return [one.left, one.right].some(
      (side) => side.kind === "column" && side.table === alias && leadsIndex(model, side.column),
    );
  });
}

/** Whether an index of all documents begins with a column. A unique one leaves those out that have null in it. */
function leadsIndex({ primaryKey, uniques, indexes }: ModelInfo, column: ColumnInfo): boolean {
  const { property, definition } = column;
  const isUnique = definition.unique || uniques.some(({ columns }) => columns[0] === property);
  if (primaryKey[0] === column || (isUnique && !definition.nullable)) return true;
  return indexes.some(
    ({ parts, where, type, unique }) =>
      parts[0]?.column === property && where === undefined && type === undefined && !(unique && definition.nullable),
  );
}

/** Whether a condition is a plain one of values and of columns of these tables. What is not plain is taken to read any. */
function readsOnly(node: Expression, isKnown: (table: string | undefined) => boolean): boolean {
  const all = (...nodes: readonly Expression[]) => nodes.every((one) => readsOnly(one, isKnown));
  switch (node.kind) {
    case "column":
      return isKnown(node.table);
    case "parameter":
    case "literal":
      return true;
    case "comparison":
      return all(node.left, node.right);
    case "and":
    case "or":
      return all(...node.operands);
    case "not":
    case "nullTest":
    case "like":
      return all(node.operand);
    case "between":
      return all(node.operand, node.low, node.high);
    case "in":
      return node.list.kind === "list" && all(node.operand);
    default:
      return false;
  }
}
