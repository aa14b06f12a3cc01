import { InvalidQueryError, UnknownRelationError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { AggregateName, Expression } from "../operation/expression.ts";
import type { SelectStatement } from "../operation/statement.ts";
import { buildSelect } from "../plan/build-select.ts";
import type { Builder } from "./builder.ts";
import { requireComparison } from "./condition.ts";
import {
  emptyState,
  hasFetchHook,
  hookedAt,
  joinExpressions,
  keyText,
  type Appender,
  type Condition,
  type Deferred,
  type JoinState,
  type PlanContext,
  type QueryState,
  ROOT_HOOK,
} from "./query-state.ts";
import { nested, requireDepth } from "./nesting.ts";
import { columnNode } from "./resolve-column.ts";

/** Makes a draft of a state and lets a callback fill it. */
export type DraftMaker = (state: QueryState) => Builder;

/** A relation's query inside another statement. */
export interface Related {
  readonly relation: RelationInfo;
  readonly query: QueryState;
  readonly hook: number | undefined;
  readonly parent: string;
}

/** The relation of that name, or an error; never "all rows". */
export function requireRelation(state: QueryState, name: unknown): RelationInfo {
  const relation = typeof name === "string" ? state.entry.relations.get(name) : undefined;
  if (relation !== undefined) return relation;
  const known = [...state.entry.relations.keys()].join(", ") || "none";
  throw new UnknownRelationError(
    `Model "${state.entry.info.table}" has no relation ${shown(name)}. It has: ${known}.`,
    { model: state.entry.info.table },
  );
}

/** The query of a relation's target before the caller's callback; for many-to-many joined to the pivot. */
export function relationState(state: QueryState, relation: RelationInfo, nested: boolean): QueryState {
  const entry = state.registry.byInfo.get(relation.target);
  if (entry === undefined) throw new TypeError(`Relation ${relation.name} leads out of its schema.`);
  const empty = emptyState(state.registry, entry);
  const taken = nested ? [...state.outer, state.alias, ...state.joins.map((join) => join.alias)] : [];
  const alias = freeAlias(relation.target.table, taken);
  return { ...empty, alias, outer: taken, joins: pivotJoin(relation, alias, [...taken, alias]) };
}

function freeAlias(table: string, taken: readonly string[]): string {
  if (!taken.includes(table)) return table;
  let number = 2;
  while (taken.includes(`${table}_${number}`)) number += 1;
  return `${table}_${number}`;
}

function pivotJoin(relation: RelationInfo, target: string, taken: readonly string[]): readonly JoinState[] {
  const { pivot } = relation;
  if (pivot === undefined) return [];
  const alias = freeAlias(pivot.model.table, taken);
  const on = pivot.right.map((column, at): Expression => ({
    kind: "comparison",
    left: columnNode(pivot.model, column, alias),
    operator: "=",
    right: columnNode(relation.target, relation.to[at]!, target),
  }));
  return [{ type: "inner", name: pivot.model.table, model: pivot.model, alias, on: [on], hook: undefined }];
}

/** The columns that point at the parent: of the target, or of the pivot. */
export function parentKeys(
  relation: RelationInfo,
  query: QueryState,
): { model: ModelInfo; alias: string; columns: readonly ColumnInfo[] } {
  const join = query.joins[0];
  if (relation.pivot === undefined || join === undefined) {
    return { model: relation.target, alias: query.alias, columns: relation.to };
  }
  return { model: relation.pivot.model, alias: join.alias, columns: relation.pivot.left };
}

/** A relation's query with the caller's conditions, as part of the statement `to` grows. */
export function relatedQuery(
  state: QueryState,
  to: Appender,
  name: unknown,
  build: unknown,
  draft: DraftMaker,
): Related {
  const relation = requireRelation(state, name);
  const start = { ...relationState(state, relation, true), key: "", values: to.values, hookPoints: to.hookPoints };
  const query = runDraft(draft(start), build, start);
  if (query.limit !== undefined || query.offset !== undefined || query.distinct) {
    throw new InvalidQueryError(
      `A filter or count by the relation "${relation.name}" looks at all of its rows, so that limit, offset and distinct mean nothing there.`,
      { model: state.entry.info.table },
    );
  }
  to.values = [...query.values];
  to.key += `${keyText(relation.name)}[${query.key}]`;
  to.hookPoints = query.hookPoints;
  to.depth = Math.max(to.depth, requireDepth(state.entry.info.table, query.depth + 1));
  return { relation, query, parent: state.alias, hook: hookPoint(to, query) };
}

/** Registers the hook of a nested query, where its model has one. */
export function hookPoint(to: Appender, query: QueryState): number | undefined {
  if (!hasFetchHook(query)) return undefined;
  to.hookPoints = [...to.hookPoints, { entry: query.entry, alias: query.alias }];
  return to.hookPoints.length - 1;
}

/** Runs a callback on a draft. What it returns does not matter: `q.where(…)` and `{ q.where(…); }` mean the same. */
export function runDraft(draft: Builder, build: unknown, start: QueryState): QueryState {
  if (build === undefined) return start;
  if (typeof build !== "function") {
    throw new InvalidQueryError("A callback that builds a query is expected here.", { model: start.entry.info.table });
  }
  const returned = nested(start.entry.info.table, (): unknown => Reflect.apply(build, undefined, [draft]));
  if (returned instanceof Promise) {
    throw new InvalidQueryError("A callback that builds a query cannot be async.", { model: start.entry.info.table });
  }
  return draft.finish();
}

/** `exists (…)` for a relation. */
export function relationExists(related: Related, negated: boolean): Deferred {
  return {
    kind: "deferred",
    build: (context) => ({
      kind: "exists",
      query: relatedStatement(related, { kind: "literal", value: 1 }, context),
      negated,
    }),
  };
}

/** `(select count(*) …)` and its like for a relation. */
export function relationAggregate(related: Related, name: AggregateName, column: ColumnInfo | undefined): Deferred {
  return {
    kind: "deferred",
    build: (context) => {
      const operand = column && columnNode(related.relation.target, column, related.query.alias);
      const aggregate: Expression = { kind: "aggregate", name, operand, distinct: false };
      return { kind: "subquery", query: relatedStatement(related, aggregate, context) };
    },
  };
}

function relatedStatement(related: Related, selected: Expression, context: PlanContext): SelectStatement {
  const { relation, query, parent } = related;
  const keys = parentKeys(relation, query);
  const tie = () =>
    joinExpressions(
      "and",
      keys.columns.map((column, at) => ({
        kind: "comparison",
        left: columnNode(keys.model, column, keys.alias),
        operator: "=",
        right: columnNode(relation.source, relation.from[at]!, parent),
      })),
    );
  const own: PlanContext = {
    ...context,
    hooked: (id) => hookedAt(context, id === ROOT_HOOK ? related.hook : id),
  };
  const bare = { ...query, tie, picked: [], computed: [], orderBy: [], limit: undefined, offset: undefined };
  return { ...buildSelect(bare, own).statement, selections: [{ name: "value", expression: selected }] };
}

/** `has`, `whereHas` and their like: at least one related row, or as many as the operator and number say. */
export function relationCondition(
  state: QueryState,
  to: Appender,
  related: Related,
  operatorGiven: unknown,
  count: unknown,
): Condition {
  const operator = operatorGiven === undefined ? ">=" : requireComparison(state, operatorGiven);
  const number = count === undefined ? 1 : count;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidQueryError("The number of related rows must be a whole number, 0 or more.", {
      model: state.entry.info.table,
    });
  }
  const some = (operator === ">=" && number === 1) || (operator === ">" && number === 0);
  const none = (operator === "<" && number === 1) || (operator === "=" && number === 0);
  if (some || none) {
    to.key += none ? "N" : "S";
    return relationExists(related, none);
  }
  to.key += `${operator}#`;
  const slot = to.slot(number);
  const counted = relationAggregate(related, "count", undefined);
  const place = placeOfCount;
  return {
    kind: "deferred",
    build: (context) => ({
      kind: "comparison",
      left: counted.build(context),
      operator,
      right: { kind: "parameter", slot, place },
    }),
  };
}

const placeOfCount = {
  type: { kind: "bigInteger", unsigned: false, mode: "number" },
  nullable: false,
  model: "",
  column: "count",
} as const;
