import type { ColumnInfo, HookName, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaEntry, SchemaRegistry } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import type { ResultType } from "../adapter/adapter.ts";
import type { RelationStrategy } from "../adapter/capabilities.ts";
import { shiftSlotsOf } from "../operation/rewrite.ts";
import type { JoinType, Lock, SetOperator } from "../operation/statement.ts";

/** What a deferred part of the tree may ask while a plan is made. */
export interface PlanContext {
  /** The conditions that the `beforeFetch` hook of a nested query added, by hook point. */
  readonly hooked: (id: number) => Expression | undefined;
  /** Aliases of the enclosing queries that a correlated one may name. */
  readonly scope: readonly string[];
}

/** A part of the tree that is built only when a shape is planned: subqueries, relation filters. */
export interface Deferred {
  readonly kind: "deferred";
  readonly build: (context: PlanContext) => Expression;
}
export type Condition = Expression | Deferred;
/** Alternatives of conjunctions: `a and b or c` is `[[a, b], [c]]`. */
export type Conditions = readonly (readonly Condition[])[];

/** A computed result column beside or instead of the model's own. */
export interface Computed {
  readonly name: string;
  readonly expression: Condition;
  readonly type: ResultType;
  /** For a plain column under another name: its `serialize`. */
  readonly serialize?: ((raw: unknown) => unknown) | undefined;
  /** For a column of the pivot: its name in the row's `pivot`. */
  readonly pivot?: string;
}

export interface OrderState {
  readonly expression: Condition;
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last" | undefined;
  /** Where the value comes from when a page cursor has to carry it. */
  readonly column: ColumnInfo | undefined;
}

/** A table in reach beside the model's own. */
export interface JoinState {
  readonly type: JoinType;
  readonly name: string;
  readonly model: ModelInfo | undefined;
  readonly alias: string;
  readonly on: Conditions;
  readonly hook: number | undefined;
}

/** A nested query on a model with a `beforeFetch` hook, which runs anew at every execution. */
export interface HookPoint {
  readonly entry: SchemaEntry;
  readonly alias: string;
}

/** A relation to load. `query` is the relation's own query, with its own key and values. */
export interface LoadState {
  readonly relation: RelationInfo;
  readonly query: QueryState;
  /** The way that the caller named. */
  readonly strategy?: RelationStrategy | undefined;
  /** Where the query stands inside the statement of the parents, once it is settled that it does. */
  readonly embedded?: EmbeddedLoad;
}

/** A query embedded in another; its values start at `offset` and its hook points at `hooks`, its own one is `hook`. */
export interface Embedded {
  readonly query: QueryState;
  readonly offset: number;
  readonly hooks: number;
  readonly hook: number | undefined;
}

/** The query of a relation inside the statement of the parents. */
export interface EmbeddedLoad extends Embedded {
  /** The slots of the relation's constants among the query's values. */
  readonly constants: readonly number[];
}

/** The id of a query's own hook point; those of nested queries count from zero. */
export const ROOT_HOOK = -1;

export interface SetState extends Embedded {
  readonly operator: SetOperator;
}

export interface CommonState extends Embedded {
  readonly name: string;
  readonly columns: readonly string[];
  readonly recursive: boolean;
}

/**
 * A query as a value. `key` is everything about it except the values, which stand in order in `values`:
 * equal keys mean byte-identical statements.
 */
export interface QueryState {
  readonly registry: SchemaRegistry;
  readonly entry: SchemaEntry;
  readonly alias: string;
  /** Aliases of the enclosing queries, which nested ones must not take. */
  readonly outer: readonly string[];
  readonly key: string;
  readonly values: readonly unknown[];
  readonly where: Conditions;
  readonly having: Conditions;
  /** The picked columns of the model; `undefined` picks all. */
  readonly picked: readonly ColumnInfo[] | undefined;
  readonly computed: readonly Computed[];
  readonly distinct: boolean;
  readonly distinctOn: readonly Expression[];
  readonly joins: readonly JoinState[];
  readonly groupBy: readonly Condition[];
  readonly orderBy: readonly OrderState[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly sets: readonly SetState[];
  readonly common: readonly CommonState[];
  readonly lock: Lock | undefined;
  readonly loads: readonly LoadState[];
  readonly trashed: "without" | "with" | "only";
  readonly skippedHooks: readonly HookName[];
  readonly hookPoints: readonly HookPoint[];
  readonly unfiltered: boolean;
  readonly maxRows: number | undefined;
  /** The properties that writes give back; `undefined` gives the number of rows. */
  readonly returning: readonly ColumnInfo[] | undefined;
  /** Tables of enclosing queries that `whereColumn` named. */
  readonly outerTables: readonly string[];
  /** How deep groups and queries nest below this one. */
  readonly depth: number;
  /** Inside hooks: database names are accepted beside properties. */
  readonly loose: boolean;
  /** A condition that ties the rows to something outside: a parent's keys, a page's position. */
  readonly tie: ((context: PlanContext) => Expression) | undefined;
}

/** The query of a model before anything was said. */
export function emptyState(registry: SchemaRegistry, entry: SchemaEntry): QueryState {
  const at = registry.entries.indexOf(entry);
  return {
    registry,
    entry,
    alias: entry.info.table,
    outer: [],
    key: `m${at}`,
    values: [],
    where: [],
    having: [],
    picked: undefined,
    computed: [],
    distinct: false,
    distinctOn: [],
    joins: [],
    groupBy: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    sets: [],
    common: [],
    lock: undefined,
    loads: [],
    trashed: "without",
    skippedHooks: [],
    hookPoints: [],
    unfiltered: false,
    maxRows: undefined,
    returning: undefined,
    outerTables: [],
    depth: 0,
    loose: false,
    tie: undefined,
  };
}

/** Collects what one builder call adds to the key and to the values. */
export class Appender {
  key: string;
  values: unknown[];
  hookPoints: readonly HookPoint[];
  outerTables: readonly string[];
  depth: number;

  constructor(state: QueryState) {
    this.key = state.key;
    this.values = state.values.slice();
    this.hookPoints = state.hookPoints;
    this.outerTables = state.outerTables;
    this.depth = state.depth;
  }

  /** The slot of one more value. */
  slot(value: unknown): number {
    return this.values.push(value) - 1;
  }
}

/** A caller's text inside a key, so that no two shapes can have one key. */
export function keyText(text: string): string {
  return `${text.length}:${text}`;
}

/** Adds a condition to the last alternative, or opens a new one. */
export function addCondition(conditions: Conditions, connector: "and" | "or", condition: Condition): Conditions {
  if (conditions.length === 0) return [[condition]];
  if (connector === "or") return [...conditions, [condition]];
  const last = conditions[conditions.length - 1] ?? [];
  return conditions.length === 1 ? [[...last, condition]] : [...conditions.slice(0, -1), [...last, condition]];
}

/** A query with one more condition on everything the caller said, not on the last of its alternatives. */
export function withCondition(state: QueryState, condition: Expression): QueryState {
  const { where } = state;
  if (where.length < 2) return { ...state, where: addCondition(where, "and", condition) };
  const caller: Deferred = {
    kind: "deferred",
    build: (context) => conditionsToExpression(where, context) ?? condition,
  };
  return { ...state, where: [[caller, condition]] };
}

/** The one expression that conditions mean, or `undefined` for none. */
export function conditionsToExpression(conditions: Conditions, context: PlanContext): Expression | undefined {
  const alternatives = conditions
    .filter((conjunction) => conjunction.length > 0)
    .map((conjunction) =>
      joinExpressions(
        "and",
        conjunction.map((one) => buildCondition(one, context)),
      ),
    );
  return alternatives.length === 0 ? undefined : joinExpressions("or", alternatives);
}

export function buildCondition(condition: Condition, context: PlanContext): Expression {
  return condition.kind === "deferred" ? condition.build(context) : condition;
}

/** One operand stands for itself; several are joined. */
export function joinExpressions(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [only] = operands;
  if (only === undefined) return { kind: "literal", value: kind === "and" };
  return operands.length === 1 ? only : { kind, operands };
}

/** The conjunction of what is there. */
export function allOf(...parts: readonly (Expression | undefined)[]): Expression | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : joinExpressions("and", present);
}

/**
 * A context of an embedded query, whose hook points stand elsewhere. What hooks added has its slots in the whole statement already, and
 * is moved with the query's own.
 */
export function embeddedContext(context: PlanContext, { offset, hooks, hook }: Embedded): PlanContext {
  const hooked = (id: number) => {
    const added = hookedAt(context, id === ROOT_HOOK ? hook : id + hooks);
    return added && shiftSlotsOf(added, -offset);
  };
  return { ...context, hooked };
}

/** What the hook at a point added; nothing where there is no point. */
export function hookedAt(context: PlanContext, id: number | undefined): Expression | undefined {
  return id === undefined ? undefined : context.hooked(id);
}

/** Whether the `beforeFetch` hook of a query's model runs. */
export function hasFetchHook(query: QueryState): boolean {
  return query.entry.info.hooks.beforeFetch !== undefined && !query.skippedHooks.includes("beforeFetch");
}
