import type { RelationStrategy } from "../adapter/capabilities.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import { isName } from "../model/naming.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { AggregateName } from "../operation/expression.ts";
import { aggregateSerialize, aggregateType } from "./aggregate-type.ts";
import { refuseHiddenOrder, refuseLimitedDistinct } from "./distinct.ts";
import { nested } from "./nesting.ts";
import { Appender, keyText, type Computed, type LoadState, type QueryState } from "./query-state.ts";
import {
  namedBranches,
  relatedQueries,
  relationAggregate,
  relationExists,
  relationState,
  requireRelation,
  runDraft,
  type DraftMaker,
  type RelationBranch,
} from "./relation-query.ts";
import { readOptions } from "./read-options.ts";
import { requireColumn } from "../model/require-column.ts";

const strategies = ["separate", "json", "lookup"] as const satisfies readonly RelationStrategy[];

/** The forms of `load`: names, a name with a callback or options, a tree of names. */
export function loadRelations(state: QueryState, given: readonly unknown[], draft: DraftMaker): QueryState {
  const [first, second, third] = given;
  if (typeof first === "object" && first !== null) return loadTree(state, first, draft);
  const build = isBuild(state, first, second) ? second : undefined;
  const options = build === undefined ? second : third;
  if (given.length === 1 || build !== undefined || (typeof second === "object" && second !== null)) {
    return loadOne(state, first, build, options, draft);
  }
  return given.reduce<QueryState>((at, name) => loadOne(at, name, undefined, undefined, draft), state);
}

/** A callback; for a relation to one of several models an object of its targets, which is told apart from options by their names. */
function isBuild(state: QueryState, name: unknown, given: unknown): boolean {
  if (typeof given === "function") return true;
  const morph = typeof name === "string" ? state.entry.morphs.get(name) : undefined;
  if (morph === undefined || typeof given !== "object" || given === null) return false;
  const namesTarget = morph.branches.some(({ branch = "" }) => Object.hasOwn(given, branch));
  return namesTarget || !("strategy" in given || "as" in given);
}

function loadTree(state: QueryState, tree: object, draft: DraftMaker): QueryState {
  let loaded = state;
  for (const [name, branch] of Object.entries(tree)) {
    requireTree(state, name, branch);
    loaded = addLoad(loaded, name, branch, (query, inner) => grow(state, name, query, inner, draft));
  }
  return loaded;
}

function grow(state: QueryState, name: string, query: QueryState, tree: unknown, draft: DraftMaker): QueryState {
  if (tree === undefined) return query;
  requireTree(state, name, tree);
  return nested(state.entry.info.table, () => (tree === true ? query : loadTree(query, tree, draft)));
}

function requireTree(state: QueryState, name: string, tree: unknown): asserts tree is true | object {
  if (tree === true || (typeof tree === "object" && tree !== null)) return;
  throw new InvalidQueryError(`The entry "${name}" of load must be true or an object of nested relations.`, {
    model: state.entry.info.table,
  });
}

function loadOne(state: QueryState, name: unknown, build: unknown, options: unknown, draft: DraftMaker): QueryState {
  const given = readOptions(state.entry.info, "load", options, ["strategy"]).get("strategy");
  const strategy = strategies.find((one) => one === given);
  if (strategy === undefined && given !== undefined) {
    throw new InvalidQueryError(
      `${shown(given)} is not a way to load a relation. Use "separate", "json" or "lookup".`,
      {
        model: state.entry.info.table,
      },
    );
  }
  const fill = (query: QueryState, own: unknown) => runDraft(draft(query), own === true ? undefined : own, query);
  return addLoad(state, name, build, fill, strategy);
}

/** Adds a load, for a `morphTo` one for each target; the same relation again replaces it. */
function addLoad(
  state: QueryState,
  name: unknown,
  build: unknown,
  fill: (query: QueryState, build: unknown) => QueryState,
  strategy?: RelationStrategy,
): QueryState {
  const added = loadBranches(state, name, build).map((branch): LoadState => {
    const { relation } = branch;
    const query = fill(relationState(state, relation, false), branch.build);
    refuseSets(state, relation, query);
    refuseLimitedDistinct(relation, query);
    refuseHiddenOrder(query);
    return { relation, query: strategy === undefined ? query : inherit(query, strategy), strategy };
  });
  const others = state.loads.filter((load) => !added.some(({ relation }) => relation === load.relation));
  return { ...state, key: `${state.key}L${keyText(String(name))}`, loads: [...others, ...added] };
}

/** What a relation loads in turn is loaded as itself, unless it was told otherwise. */
function inherit(query: QueryState, strategy: RelationStrategy): QueryState {
  const loads = query.loads.map((load): LoadState =>
    load.strategy === undefined ? { ...load, query: inherit(load.query, strategy), strategy } : load,
  );
  return { ...query, loads };
}

/** All targets of a `morphTo` are loaded, also those that the caller said nothing of. */
function loadBranches(state: QueryState, name: unknown, build: unknown): readonly RelationBranch[] {
  const morph = typeof name === "string" ? state.entry.morphs.get(name) : undefined;
  if (morph === undefined || typeof build === "function") return [{ relation: requireRelation(state, name), build }];
  if (build === undefined || build === true) return morph.branches.map((relation) => ({ relation, build: undefined }));
  return namedBranches(state, morph, build);
}

function refuseSets(state: QueryState, relation: RelationInfo, query: QueryState): void {
  if (query.sets.length === 0) return;
  throw new InvalidQueryError(
    `The relation "${relation.name}" cannot be loaded with a ${query.sets[0]?.operator ?? "union"}: only its own rows belong to a parent. ` +
      "Filter with orWhere, or load two relations.",
    { model: state.entry.info.table },
  );
}

interface RelationAggregate {
  readonly name: AggregateName | "exists";
  readonly relation: unknown;
  readonly column: unknown;
  readonly build: unknown;
  readonly options: unknown;
}

/** `withCount` and its like: a computed column from a relation. */
export function withRelationAggregate(state: QueryState, wanted: RelationAggregate, draft: DraftMaker): QueryState {
  const build = isBuild(state, wanted.relation, wanted.build) ? wanted.build : undefined;
  const options = build === undefined ? wanted.build : wanted.options;
  const column = aggregatedColumn(state, wanted);
  const to = new Appender(state);
  to.key += `A${wanted.name}${column?.column.index ?? ""}`;
  const related = relatedQueries(state, to, wanted.relation, build, draft);
  const name = asOption(state, options) ?? defaultName(String(wanted.relation), column?.column, wanted.name);
  to.key += keyText(name);
  const computed: Computed =
    wanted.name === "exists"
      ? { name, expression: relationExists(related, false), type: { kind: "flag" } }
      : {
          name,
          expression: relationAggregate(related, wanted.name, column?.column),
          type: aggregateType(wanted.name, column?.model ?? state.entry.info, column?.column),
          serialize: aggregateSerialize(wanted.name, column?.column),
        };
  refuseTaken(state, name);
  return {
    ...state,
    key: to.key,
    values: to.values,
    hookPoints: to.hookPoints,
    depth: to.depth,
    computed: [...state.computed, computed],
  };
}

/** What an aggregate is over; rows are counted without a column, and so of any target. */
function aggregatedColumn(
  state: QueryState,
  wanted: RelationAggregate,
): { readonly model: ModelInfo; readonly column: ColumnInfo } | undefined {
  const { name, relation, column } = wanted;
  if (name === "count" || name === "exists") return undefined;
  const { target } = requireRelation(state, relation);
  if (column !== undefined) return { model: target, column: requireColumn(target, column) };
  throw new InvalidQueryError(`The ${name} of the relation "${String(relation)}" needs a column.`, {
    model: state.entry.info.table,
  });
}

function asOption(state: QueryState, options: unknown): string | undefined {
  const name = readOptions(state.entry.info, "An aggregate of a relation", options, ["as"]).get("as");
  if (name === undefined || typeof name === "string") return name;
  throw new InvalidQueryError("`as` of an aggregate of a relation is a name.", { model: state.entry.info.table });
}

/** `posts`, `Count` -> `postsCount`; `orders`, `total`, `Sum` -> `ordersTotalSum`. */
function defaultName(relation: string, column: ColumnInfo | undefined, aggregate: string): string {
  return relation + capitalise(column?.property ?? "") + capitalise(aggregate);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A computed column must not hide a column of the model or another computed one. */
export function refuseTaken(state: QueryState, name: string): void {
  const { info } = state.entry;
  const taken =
    state.computed.some((one) => one.name === name) ||
    (state.picked ?? [...info.columns.values()]).some((column) => column.property === name);
  if (isName(name) && name !== "__proto__" && !taken) return;
  throw new InvalidQueryError(
    `The result of this query on model "${info.table}" already has ${JSON.stringify(name)}, or cannot have it. ` +
      "Give the new column another name with `as`.",
    { model: info.table, column: name },
  );
}
