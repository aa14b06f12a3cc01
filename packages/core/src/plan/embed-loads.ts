import type { Capabilities, RelationStrategy } from "../adapter/capabilities.ts";
import { UnsupportedError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import { parentColumns } from "../model/parent-columns.ts";
import { Appender, hasFetchHook, keyText, type LoadState, type QueryState } from "../query/query-state.ts";
import { embed } from "../query/subquery.ts";

/** What decides how the relations of a handle are loaded. */
export interface LoadWays {
  readonly adapter: { readonly name: string; readonly capabilities: Capabilities };
  /** The way that the handle was told to take. */
  readonly strategy: RelationStrategy | undefined;
}

/**
 * A query that has taken in the queries of those relations that come inside its own rows: their values and hook points stand behind its
 * own, their keys are part of its key. Every other relation keeps a statement of its own.
 */
export function embedLoads(ways: LoadWays, state: QueryState, inside = false): QueryState {
  if (state.loads.length === 0) return state;
  const ready = state.loads.map((load) => ({ load, isInside: comesInside(ways, state, load, inside) }));
  if (!ready.some(({ isInside }) => isInside)) return state;
  const to = new Appender(state);
  const loads = ready.map(({ load, isInside }): LoadState => {
    if (!isInside) return load;
    const { name, branch, constants: held } = load.relation;
    const constants = held.map((_, at) => load.query.values.length + at);
    const values = [...load.query.values, ...held.map(({ value }) => value)];
    const query = embedLoads(ways, { ...load.query, values }, true);
    to.key += `J${keyText(name)}${keyText(branch ?? "")}`;
    return { ...load, query, embedded: { ...embed(to, query), constants } };
  });
  const { key, values, hookPoints, depth } = to;
  return { ...state, key, values, hookPoints, depth, loads };
}

function comesInside({ adapter, strategy }: LoadWays, state: QueryState, load: LoadState, inside: boolean): boolean {
  const { relations, relationStrategy, untypedInRelations, subqueriesInRelations } = adapter.capabilities;
  const own = load.relation.cardinality === "many" ? relationStrategy.toMany : relationStrategy.toOne;
  const wanted = load.strategy ?? strategy ?? own;
  if (!relations.includes(wanted)) {
    throw new UnsupportedError({
      capability: `Loading the relation "${load.relation.name}" by the strategy "${wanted}"`,
      adapter: adapter.name,
      alternative: `It can: ${relations.join(", ")}.`,
      model: state.entry.info.table,
    });
  }
  if (wanted === "separate" || mergesRows(state) || mergesRows(load.query) || load.query.lock !== undefined)
    return false;
  if (inside && !subqueriesInRelations && hasSubqueries(load.query)) return false;
  return untypedInRelations || isTyped(load);
}

/** Whether rows of the table are no rows of the result one by one, so that no row has relations inside it. */
function mergesRows({ distinct, distinctOn, groupBy, having, sets, common }: QueryState): boolean {
  return distinct || [distinctOn, groupBy, having, sets, common].some((part) => part.length > 0);
}

/** Whether a query has conditions or columns that are built when it is planned, or hooks, which may add some. */
function hasSubqueries(query: QueryState): boolean {
  const { where, computed, orderBy, hookPoints } = query;
  const built = [...where.flat(), ...[...computed, ...orderBy].map(({ expression }) => expression)];
  return hookPoints.length > 0 || hasFetchHook(query) || built.some(({ kind }) => kind === "deferred");
}

/** Whether the type of every column is known without asking the database. */
function isTyped({ query, relation }: LoadState): boolean {
  const columns = [...(query.picked ?? query.entry.info.columns.values()), ...(relation.through?.shown ?? [])];
  const computed = query.computed.every(({ type }) => {
    if (type.kind === "column" || type.kind === "aggregate")
      return type.place === undefined || isKnown(type.place.type);
    return type.kind !== "raw";
  });
  return computed && [...columns, ...keysOf(query)].every((column) => isKnown(column.definition.type));
}

/** The columns by which relations of a relation are loaded in turn. */
function keysOf({ loads }: QueryState): readonly ColumnInfo[] {
  return loads.flatMap(({ relation }) => parentColumns(relation));
}

function isKnown(type: { readonly kind: string }): boolean {
  return type.kind !== "any" && type.kind !== "specific";
}
