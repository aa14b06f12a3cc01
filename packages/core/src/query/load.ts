import { InvalidQueryError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { isName } from "../model/naming.ts";
import type { AggregateName } from "../operation/expression.ts";
import { aggregateSerialize, aggregateType } from "./aggregate-type.ts";
import { refuseHiddenOrder, refuseLimitedDistinct } from "./distinct.ts";
import { nested } from "./nesting.ts";
import { Appender, keyText, type Computed, type QueryState } from "./query-state.ts";
import {
  relatedQuery,
  relationAggregate,
  relationExists,
  relationState,
  requireRelation,
  runDraft,
  type DraftMaker,
} from "./relation-query.ts";
import { readOptions } from "./read-options.ts";
import { requireColumn } from "../model/require-column.ts";

const strategies: ReadonlySet<unknown> = new Set([undefined, "separate"]);

/** The forms of `load`: names, a name with a callback or options, a tree of names. */
export function loadRelations(state: QueryState, given: readonly unknown[], draft: DraftMaker): QueryState {
  const [first, second, third] = given;
  if (typeof first === "object" && first !== null) return loadTree(state, first, draft);
  const build = typeof second === "function" ? second : undefined;
  const options = build === undefined ? second : third;
  if (given.length === 1 || build !== undefined || (typeof second === "object" && second !== null)) {
    return loadOne(state, first, build, options, draft);
  }
  return given.reduce<QueryState>((at, name) => loadOne(at, name, undefined, undefined, draft), state);
}

function loadTree(state: QueryState, tree: object, draft: DraftMaker): QueryState {
  let loaded = state;
  for (const [name, branch] of Object.entries(tree)) {
    if (branch !== true && (typeof branch !== "object" || branch === null)) {
      throw new InvalidQueryError(`The entry "${name}" of load must be true or an object of nested relations.`, {
        model: state.entry.info.table,
      });
    }
    const { table } = state.entry.info;
    const grow = (query: QueryState) => nested(table, () => (branch === true ? query : loadTree(query, branch, draft)));
    loaded = addLoad(loaded, name, grow);
  }
  return loaded;
}

function loadOne(state: QueryState, name: unknown, build: unknown, options: unknown, draft: DraftMaker): QueryState {
  const strategy = readOptions(state.entry.info, "load", options, ["strategy"]).get("strategy");
  if (!strategies.has(strategy)) {
    throw new InvalidQueryError(`${shown(strategy)} is not a way to load a relation here. Use "separate".`, {
      model: state.entry.info.table,
    });
  }
  return addLoad(state, name, (query) => runDraft(draft(query), build, query));
}

/** Adds a load; the same relation again replaces it. */
function addLoad(state: QueryState, name: unknown, build: (query: QueryState) => QueryState): QueryState {
  const relation = requireRelation(state, name);
  const query = build(relationState(state, relation, false));
  if (query.sets.length > 0) {
    throw new InvalidQueryError(
      `The relation "${relation.name}" cannot be loaded with a ${query.sets[0]?.operator ?? "union"}: only its own rows belong to a parent. ` +
        "Filter with orWhere, or load two relations.",
      { model: state.entry.info.table },
    );
  }
  refuseLimitedDistinct(relation, query);
  refuseHiddenOrder(query);
  const others = state.loads.filter((load) => load.relation !== relation);
  return { ...state, key: `${state.key}L${keyText(relation.name)}`, loads: [...others, { relation, query }] };
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
  const relation = requireRelation(state, wanted.relation);
  const build = typeof wanted.build === "function" ? wanted.build : undefined;
  const options = build === undefined ? wanted.build : wanted.options;
  const countsRows = wanted.name === "count" || wanted.name === "exists";
  if (!countsRows && wanted.column === undefined) {
    throw new InvalidQueryError(`The ${wanted.name} of the relation "${relation.name}" needs a column.`, {
      model: state.entry.info.table,
    });
  }
  const column = wanted.column === undefined ? undefined : requireColumn(relation.target, wanted.column);
  const to = new Appender(state);
  to.key += `A${wanted.name}${column?.index ?? ""}`;
  const related = relatedQuery(state, to, wanted.relation, build, draft);
  const name = asOption(state, options) ?? defaultName(relation.name, column, wanted.name);
  to.key += keyText(name);
  const computed: Computed =
    wanted.name === "exists"
      ? { name, expression: relationExists(related, false), type: { kind: "flag" } }
      : {
          name,
          expression: relationAggregate(related, wanted.name, column),
          type: aggregateType(wanted.name, relation.target, column),
          serialize: aggregateSerialize(wanted.name, column),
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
