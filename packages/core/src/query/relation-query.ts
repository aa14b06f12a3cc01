import { InvalidQueryError, UnknownRelationError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { MorphInfo, RelationInfo, SchemaEntry } from "../model/relation.ts";
import type { AggregateName, Expression } from "../operation/expression.ts";
import type { SelectStatement } from "../operation/statement.ts";
import { buildSelect } from "../plan/build-select.ts";
import type { Builder } from "./builder.ts";
import { requireComparison } from "./condition.ts";
import {
  Appender,
  emptyState,
  hasFetchHook,
  hookedAt,
  joinExpressions,
  keyText,
  type Condition,
  type Deferred,
  type JoinState,
  type PlanContext,
  type QueryState,
  ROOT_HOOK,
} from "./query-state.ts";
import { nested, requireDepth } from "./nesting.ts";
import { columnNode, placeOfColumn } from "./resolve-column.ts";

/** Makes a draft of a state and lets a callback fill it. */
export type DraftMaker = (state: QueryState) => Builder;

/** A relation's query inside another statement. */
export interface Related {
  readonly relation: RelationInfo;
  readonly query: QueryState;
  readonly hook: number | undefined;
  readonly parent: string;
  /** The slots of the relation's constants, in their order. */
  readonly constants: readonly number[];
}

/** The relation of that name to one model, or an error; never "all rows". */
export function requireRelation(state: QueryState, name: unknown): RelationInfo {
  const relation = typeof name === "string" ? state.entry.relations.get(name) : undefined;
  if (relation !== undefined) return relation;
  const { info, relations, morphs } = state.entry;
  const morph = typeof name === "string" ? morphs.get(name) : undefined;
  if (morph !== undefined) {
    const targets = morph.branches.map(({ branch }) => branch).join(", ");
    throw new InvalidQueryError(
      `The relation "${morph.name}" of model "${info.table}" leads to one of several models, which have no columns in common. ` +
        `Name the targets instead of a callback or column: ${targets}.`,
      { model: info.table },
    );
  }
  const known = [...relations.keys(), ...morphs.keys()].join(", ") || "none";
  throw new UnknownRelationError(`Model "${info.table}" has no relation ${shown(name)}. It has: ${known}.`, {
    model: info.table,
  });
}

/** The query of a relation's target before the caller's callback, joined to the model between if there is one. */
export function relationState(state: QueryState, relation: RelationInfo, nested: boolean): QueryState {
  const entry = requireEntry(state, relation, relation.target);
  const empty = emptyState(state.registry, entry);
  const taken = nested ? [...state.outer, state.alias, ...state.joins.map((join) => join.alias)] : [];
  const alias = freeAlias(relation.target.table, taken);
  return joinThrough({ ...empty, alias, outer: taken, hookPoints: nested ? state.hookPoints : [] }, relation);
}

function requireEntry(state: QueryState, relation: RelationInfo, model: ModelInfo): SchemaEntry {
  const entry = state.registry.byInfo.get(model);
  if (entry === undefined) throw new TypeError(`Relation ${relation.name} leads out of its schema.`);
  return entry;
}

function freeAlias(table: string, taken: readonly string[]): string {
  if (!taken.includes(table)) return table;
  let number = 2;
  while (taken.includes(`${table}_${number}`)) number += 1;
  return `${table}_${number}`;
}

/** The rows of the model between that its hook and soft deletes leave. */
function joinThrough(query: QueryState, relation: RelationInfo): QueryState {
  const { through } = relation;
  if (through === undefined) return query;
  const { model } = through;
  const entry = requireEntry(query, relation, model);
  const alias = freeAlias(model.table, [...query.outer, query.alias]);
  const on = through.right.map((column, at): Expression => ({
    kind: "comparison",
    left: columnNode(model, column, alias),
    operator: "=",
    right: columnNode(relation.target, relation.to[at]!, query.alias),
  }));
  const to = new Appender(query);
  const hook = hookPoint(to, { ...emptyState(query.registry, entry), alias });
  const join: JoinState = { type: "inner", name: model.table, model, alias, on: [on], hook };
  return { ...query, joins: [join], hookPoints: to.hookPoints };
}

/** The columns that point at the parent: of the target, or of the model between. */
export function parentKeys(
  relation: RelationInfo,
  query: QueryState,
): { model: ModelInfo; alias: string; columns: readonly ColumnInfo[] } {
  const join = query.joins[0];
  if (relation.through === undefined || join === undefined) {
    return { model: relation.target, alias: query.alias, columns: relation.to };
  }
  return { model: relation.through.model, alias: join.alias, columns: relation.through.left };
}

/** The constants of a relation as conditions; `slots` are theirs, in order, and `parent` is left out where its rows were chosen before. */
export function constantConditions(
  relation: RelationInfo,
  query: QueryState,
  slots: readonly number[],
  parent: string | undefined,
): readonly Expression[] {
  const { source, target, through, constants } = relation;
  const sides = {
    source: { model: source, alias: parent },
    target: { model: target, alias: query.alias },
    through: { model: through?.model ?? target, alias: query.joins[0]?.alias ?? query.alias },
  };
  return constants.flatMap(({ at, column }, index): readonly Expression[] => {
    const { model, alias } = sides[at];
    if (alias === undefined) return [];
    const place = placeOfColumn(model, column);
    const right: Expression = { kind: "parameter", slot: slots[index] ?? 0, place };
    return [{ kind: "comparison", left: columnNode(model, column, alias), operator: "=", right }];
  });
}

/** The query of a relation with the caller's conditions, as part of the statement `to` grows; one for each target of a `morphTo`. */
export function relatedQueries(
  state: QueryState,
  to: Appender,
  name: unknown,
  build: unknown,
  draft: DraftMaker,
): readonly Related[] {
  return relationBranches(state, name, build).map((branch) => relatedQuery(state, to, branch, draft));
}

/** A relation to one model, with what the caller said of its query. */
export interface RelationBranch {
  readonly relation: RelationInfo;
  readonly build: unknown;
}

/** The relation of that name; of a `morphTo` the targets that the caller named, or all. */
export function relationBranches(state: QueryState, name: unknown, build: unknown): readonly RelationBranch[] {
  const morph = typeof name === "string" ? state.entry.morphs.get(name) : undefined;
  if (morph === undefined || typeof build === "function") return [{ relation: requireRelation(state, name), build }];
  if (build === undefined) return morph.branches.map((relation) => ({ relation, build }));
  return namedBranches(state, morph, build).filter((branch) => branch.build !== undefined);
}

/** Every target of a `morphTo` with what the caller gave for it: a callback, `true`, or nothing. */
export function namedBranches(state: QueryState, morph: MorphInfo, build: unknown): readonly RelationBranch[] {
  const given = new Map<string, unknown>(typeof build === "object" && build !== null ? Object.entries(build) : []);
  const names = morph.branches.map(({ branch }) => branch);
  if (given.size === 0 || [...given.keys()].some((name) => !names.includes(name))) {
    throw new InvalidQueryError(
      `What is said of the relation "${morph.name}" of model "${state.entry.info.table}" is an object of its targets: ` +
        `${names.join(", ")}.`,
      { model: state.entry.info.table },
    );
  }
  return morph.branches.map((relation) => ({ relation, build: given.get(relation.branch ?? "") }));
}

function relatedQuery(
  state: QueryState,
  to: Appender,
  { relation, build }: RelationBranch,
  draft: DraftMaker,
): Related {
  const constants = relation.constants.map(({ value }) => to.slot(value));
  const start = {
    ...relationState({ ...state, hookPoints: to.hookPoints }, relation, true),
    key: "",
    values: to.values,
  };
  const query = runDraft(draft(start), build === true ? undefined : build, start);
  if (query.limit !== undefined || query.offset !== undefined || query.distinct) {
    throw new InvalidQueryError(
      `A filter or count by the relation "${relation.name}" looks at all of its rows, so that limit, offset and distinct mean nothing there.`,
      { model: state.entry.info.table },
    );
  }
  to.values = [...query.values];
  to.key += `${keyText(relation.name)}${keyText(relation.branch ?? "")}[${query.key}]`;
  to.hookPoints = query.hookPoints;
  to.depth = Math.max(to.depth, requireDepth(state.entry.info.table, query.depth + 1));
  return { relation, query, parent: state.alias, constants, hook: hookPoint(to, query) };
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

/** `exists (…)` for a relation; for several targets one of them is enough. */
export function relationExists(related: readonly Related[], negated: boolean): Deferred {
  return {
    kind: "deferred",
    build: (context) =>
      joinExpressions(
        negated ? "and" : "or",
        related.map((one): Expression => {
          const query = relatedStatement(one, { kind: "literal", value: 1 }, context);
          return { kind: "exists", query, negated };
        }),
      ),
  };
}

/** `(select count(*) …)` and its like for a relation; the counts of several targets are added. */
export function relationAggregate(
  related: readonly Related[],
  name: AggregateName,
  column: ColumnInfo | undefined,
): Deferred {
  return {
    kind: "deferred",
    build: (context) =>
      related
        .map((one): Expression => {
          const operand = column && columnNode(one.relation.target, column, one.query.alias);
          const aggregate: Expression = { kind: "aggregate", name, operand, distinct: false };
          return { kind: "subquery", query: relatedStatement(one, aggregate, context) };
        })
        .reduce((left, right) => ({ kind: "arithmetic", left, operator: "+", right })),
  };
}

/** Ties the rows of a relation's query to the row of their parent, which the statement around it knows as `parent`. */
export function tieToParent(
  relation: RelationInfo,
  query: QueryState,
  constants: readonly number[],
  parent: string,
): Expression {
  const keys = parentKeys(relation, query);
  const equal = keys.columns.map((column, at): Expression => {
    const its = columnNode(keys.model, column, keys.alias);
    const own = columnNode(relation.source, relation.from[at]!, parent);
    if (relation.listed) return { kind: "member", operand: its, list: own };
    return { kind: "comparison", left: its, operator: "=", right: own };
  });
  return joinExpressions("and", [...equal, ...constantConditions(relation, query, constants, parent)]);
}

function relatedStatement(related: Related, selected: Expression, context: PlanContext): SelectStatement {
  const { relation, query, parent, constants } = related;
  const own: PlanContext = {
    ...context,
    hooked: (id) => hookedAt(context, id === ROOT_HOOK ? related.hook : id),
  };
  const tie = () => tieToParent(relation, query, constants, parent);
  const bare = { ...query, tie, picked: [], computed: [], orderBy: [], limit: undefined, offset: undefined };
  return { ...buildSelect(bare, own).statement, selections: [{ name: "value", expression: selected }] };
}

/** `has`, `whereHas` and their like: at least one related row, or as many as the operator and number say. */
export function relationCondition(
  state: QueryState,
  to: Appender,
  related: readonly Related[],
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
