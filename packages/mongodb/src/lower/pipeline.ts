import type { Expression, OrderBy, SelectStatement } from "@mortise/core/adapter";
import type { Pipeline, Template } from "../command.ts";
import { Slot } from "../slot.ts";
import { falsehood, truth } from "./condition.ts";
import { matchStages } from "./filter.ts";
import { fromTied, splitWhere } from "./join-order.ts";
import { emptyRow, groupStages, isGrouped } from "./group.ts";
import { joinStages } from "./join.ts";
import { collectionOf, refuse, Scope, type Lowering, type SelectPipeline } from "./scope.ts";
import { encoded, value } from "./value.ts";

const lowering: Lowering = { value, truth, falsehood, select: selectPipeline, selectAsJoined };

export function rootScope(): Scope {
  return new Scope(lowering, new Map(), 0);
}

/** A query as a pipeline that gives documents with the fields `c0`, `c1` …, one for each selection. */
export function selectPipeline(statement: SelectStatement, outer: Scope): SelectPipeline {
  return selectAsJoined(fromTied(statement), outer);
}

function selectAsJoined(statement: SelectStatement, outer: Scope): SelectPipeline {
  refuseSql(statement);
  const from = sourceStages(statement, outer);
  const { before, after } = splitWhere(statement);
  const first = matchStages(before, from.scope);
  const joined = joinStages(statement.joins, from.scope);
  const { scope } = joined;
  const stages: Template[] = [...from.stages, ...first, ...joined.stages, ...matchStages(after, scope)];
  if (isGrouped(statement)) {
    stages.push(...groupStages(statement, scope));
    if (statement.having !== undefined) {
      const $expr = truth(statement.having, scope);
      stages.push(...scope.pending.splice(0), { $match: { $expr } });
    }
  }
  stages.push(...resultStages(statement, scope));
  return { collection: from.collection, pipeline: stages, empty: emptyRow(statement) };
}

function refuseSql(statement: SelectStatement): void {
  if (statement.with.length > 0) refuse("A common table expression", "Run two queries.");
  if (statement.setOperations.length > 0) refuse("union, intersect and except", "Run two queries.");
  if (statement.distinctOn.length > 0) refuse("distinctOn", "Use a relation with a limit.");
  if (statement.lock !== undefined) refuse("A row lock", "Use a transaction.");
}

interface From {
  readonly collection: string | undefined;
  readonly stages: Pipeline;
  readonly scope: Scope;
}

function sourceStages({ from }: SelectStatement, outer: Scope): From {
  switch (from.kind) {
    case "none":
      return { collection: undefined, stages: [{ $documents: [{}] }], scope: outer.with("", "$") };
    case "derived": {
      const inner = selectPipeline(from.query, outer);
      const names = new Map(from.query.selections.map(({ name }, at) => [name, `c${at}`]));
      return { collection: inner.collection, stages: inner.pipeline, scope: outer.with(from.alias, "$", names) };
    }
    case "model":
    case "table":
      return { collection: collectionOf(from), stages: [], scope: outer.with(from.alias, "$") };
  }
}

/** Sorts, cuts and lays out the rows. What the rows that are left look up comes last: rows that are cut off ask for nothing. */
function resultStages(statement: SelectStatement, scope: Scope): Pipeline {
  if (statement.distinct) return distinctStages(statement, scope);
  const ranked = rankStages(statement, scope);
  const order = sortKeys(statement.orderBy, statement, scope);
  const sorted = scope.pending.splice(0);
  const $project = { _id: 0, ...columnsOf(statement, scope) };
  const computed = Object.keys(order.fields).length === 0 ? [] : [{ $addFields: order.fields }];
  const lookedUp = scope.pending.splice(0);
  return [...ranked, ...sorted, ...computed, ...order.sort, ...cutStages(statement), ...lookedUp, { $project }];
}

/** A distinct query lays its rows out first, as it is they that are distinct. */
function distinctStages(statement: SelectStatement, scope: Scope): Pipeline {
  const columns = columnsOf(statement, scope);
  const order = sortKeys(statement.orderBy, statement, scope);
  const $project = { _id: 0, ...columns, ...order.fields };
  const kept = Object.fromEntries(Object.keys(columns).map((name) => [name, 1]));
  return [
    ...scope.pending.splice(0),
    { $project },
    { $group: { _id: "$$ROOT" } },
    { $replaceRoot: { newRoot: "$_id" } },
    ...order.sort,
    ...cutStages(statement),
    ...(order.sort.length === 0 ? [] : [{ $project: kept }]),
  ];
}

function columnsOf({ selections }: SelectStatement, scope: Scope): Template {
  const columns = selections.map(({ expression }, at) => {
    return [`c${at}`, expression.kind === "rowNumber" ? "$__rank" : value(expression, scope)] as const;
  });
  return Object.fromEntries(columns);
}

interface SortKeys {
  readonly fields: Template;
  readonly sort: Pipeline;
}

/** An order as a `$sort` over fields. Null is the least value of MongoDB, as it is wanted unless something else is said. */
function sortKeys(orderBy: readonly OrderBy[], statement: SelectStatement, scope: Scope): SortKeys {
  const fields: Record<string, unknown> = {};
  const $sort: Record<string, 1 | -1> = {};
  for (const [at, { expression, direction, nulls }] of orderBy.entries()) {
    const node = ownName(expression, statement);
    const sign = direction === "asc" ? 1 : -1;
    if (nulls !== undefined && nulls !== (direction === "asc" ? "first" : "last")) {
      fields[`n${at}`] = { $cond: [{ $gt: [value(node, scope), null] }, 0, 1] };
      $sort[`n${at}`] = nulls === "last" ? 1 : -1;
    }
    const plain = plainField(node, statement, scope);
    if (plain === undefined) fields[`o${at}`] = value(node, scope);
    const key = plain ?? `o${at}`;
    // A field may be called "constructor".
    if (!Object.hasOwn($sort, key)) $sort[key] = sign;
  }
  return { fields, sort: Object.keys($sort).length === 0 ? [] : [{ $sort }] };
}

/** A field that can be sorted by as it is, with the help of an index. */
function plainField(node: Expression, { distinct }: SelectStatement, scope: Scope): string | undefined {
  if (node.kind !== "column" || distinct || scope.grouped !== undefined || !scope.isRoot(node.table)) return undefined;
  return scope.column(node.table, node.model, node.column).slice(1);
}

/** An order by the name of a result column is one by what the column is. */
function ownName(node: Expression, { selections }: SelectStatement): Expression {
  if (node.kind !== "name" || node.table !== undefined) return node;
  return selections.find(({ name }) => name === node.name)?.expression ?? node;
}

/** The number of a row. `$documentNumber` takes an order by one field only. */
const countSoFar = { $sum: 1, window: { documents: ["unbounded", "current"] } };

/** Numbers the rows within their parents. */
function rankStages(statement: SelectStatement, scope: Scope): Pipeline {
  const node = statement.selections.find(({ expression }) => expression.kind === "rowNumber")?.expression;
  if (node?.kind !== "rowNumber") return [];
  const order = sortKeys(node.orderBy, statement, scope);
  const keys = Object.fromEntries(node.partitionBy.map((one, at) => [`p${at}`, value(one, scope)]));
  const before = scope.pending.splice(0);
  const sortBy = order.sort[0]?.["$sort"] ?? { _id: 1 };
  return [
    ...before,
    ...(Object.keys(order.fields).length === 0 ? [] : [{ $addFields: order.fields }]),
    { $setWindowFields: { partitionBy: keys, sortBy, output: { __rank: countSoFar } } },
  ];
}

/** A limit of nothing is refused by MongoDB, so that it keeps no document instead. */
function cutStages({ limit, offset }: SelectStatement): Pipeline {
  const stages: Template[] = [];
  if (offset !== undefined) stages.push({ $skip: cutNumber(offset) });
  if (limit === undefined) return stages;
  const isSome =
    limit.kind === "parameter" ? new Slot(limit.slot, (given) => Number(given) > 0, "hidden") : limitValue(limit) > 0;
  const atLeastOne = (count: number) => Math.max(count, 1);
  const $limit =
    limit.kind === "parameter"
      ? new Slot(limit.slot, (given) => atLeastOne(Number(given)))
      : atLeastOne(limitValue(limit));
  return [...stages, { $match: { $expr: { $literal: isSome } } }, { $limit }];
}

function cutNumber(node: Expression): unknown {
  if (node.kind !== "parameter") return limitValue(node);
  const encode = encoded(node);
  return new Slot(node.slot, (given) => Number(encode(given)));
}

function limitValue(node: Expression): number {
  return node.kind === "literal" ? Number(node.value) : refuse("A limit or offset that is computed", "Give a number.");
}
