import { InvalidQueryError } from "../errors/errors.ts";
import type { DatePart, Expression, LikeNode } from "../operation/expression.ts";
import { Builder } from "./builder.ts";
import {
  betweenCondition,
  comparisonCondition,
  equality,
  likeCondition,
  listCondition,
  nullTest,
  rawText,
  refuseUndefined,
  requireComparison,
  textParameter,
} from "./condition.ts";
import { dateCondition, datePartCondition, requireModelColumn } from "./date-condition.ts";
import {
  documentPath,
  jsonCondition,
  jsonContainsCondition,
  jsonLengthCondition,
  pathCondition,
} from "./json-condition.ts";
import {
  addCondition,
  Appender,
  conditionsToExpression,
  joinExpressions,
  type Condition,
  type Deferred,
  type QueryState,
} from "./query-state.ts";
import { morphedToCondition } from "./morphed-to.ts";
import { requireDepth } from "./nesting.ts";
import { refuseEncrypted } from "./refuse-encrypted.ts";
import { relatedQueries, relationCondition, runDraft } from "./relation-query.ts";
import { resolveColumn } from "./resolve-column.ts";
import { existsSubquery, requireSubquery } from "./subquery.ts";

type Connector = "and" | "or";
/** Makes a condition, adding its values and its part of the key to the appender. */
type Make = (to: Appender, state: QueryState) => Condition;
type LikeForm = Pick<LikeNode, "match" | "caseSensitive" | "negated">;

/** The filter methods as they run; `Filter` in `types/query-filter.ts` is what callers see. */
export abstract class FilterBuilder extends Builder {
  /** A draft of a query, for callbacks. */
  protected abstract draft(state: QueryState): FilterBuilder;

  /** Where conditions go: `where`, or `having` and a join's `on` for their builders. */
  protected add(connector: Connector, make: Make): this {
    const state = this.state;
    const to = new Appender(state);
    to.key += connector === "and" ? "&" : "|";
    const condition = make(to, state);
    return this.next({
      ...state,
      key: to.key,
      values: to.values,
      hookPoints: to.hookPoints,
      outerTables: to.outerTables,
      depth: to.depth,
      where: addCondition(state.where, connector, condition),
    });
  }

  private addWhere(connector: Connector, negated: boolean, given: readonly unknown[]): this {
    return this.add(connector, (to, state) => {
      if (!negated) return this.condition(state, to, given);
      to.key += "!";
      const inner = this.condition(state, to, given);
      if (inner.kind !== "deferred") return { kind: "not", operand: inner };
      return { kind: "deferred", build: (context) => ({ kind: "not", operand: inner.build(context) }) };
    });
  }

  /** The forms of `where`: column and value, column, operator and value, an object of equalities, or a group. */
  private condition(state: QueryState, to: Appender, given: readonly unknown[]): Condition {
    const [first, second, third] = given;
    const path = given.length > 1 ? documentPath(state, first) : undefined;
    if (path !== undefined) {
      return pathCondition(state, to, path, given.length > 2 ? second : "=", given.length > 2 ? third : second);
    }
    if (given.length === 3) return comparisonCondition(state, to, first, second, third);
    if (given.length === 2) {
      const column = resolveColumn(state, first);
      refuseUndefined(state, first, second);
      return equality(to, column, "=", second);
    }
    if (typeof first === "function") return this.group(state, to, first);
    if (given.length === 1 && typeof first === "object" && first !== null && !Array.isArray(first)) {
      return equalities(state, to, first);
    }
    throw new InvalidQueryError(
      "where takes a column and a value, a column, an operator and a value, an object of values, or a callback.",
      { model: state.entry.info.table },
    );
  }

  private group(state: QueryState, to: Appender, build: unknown): Condition {
    const start = { ...state, where: [], key: "", values: to.values, hookPoints: to.hookPoints, depth: 0 };
    const inner = runDraft(this.draft(start), build, start);
    requireConditionsOnly(start, inner);
    to.key += `(${inner.key})`;
    to.values = [...inner.values];
    to.hookPoints = inner.hookPoints;
    to.outerTables = inner.outerTables;
    to.depth = Math.max(to.depth, requireDepth(state.entry.info.table, inner.depth + 1));
    return groupCondition(inner);
  }

  where(...given: unknown[]): this {
    return this.addWhere("and", false, given);
  }
  orWhere(...given: unknown[]): this {
    return this.addWhere("or", false, given);
  }
  whereNot(...given: unknown[]): this {
    return this.addWhere("and", true, given);
  }
  orWhereNot(...given: unknown[]): this {
    return this.addWhere("or", true, given);
  }

  private addList(connector: Connector, name: unknown, values: unknown, negated: boolean): this {
    return this.add(connector, (to, state) => listCondition(state, to, resolveColumn(state, name), values, negated));
  }
  whereIn(name: unknown, values: unknown): this {
    return this.addList("and", name, values, false);
  }
  orWhereIn(name: unknown, values: unknown): this {
    return this.addList("or", name, values, false);
  }
  whereNotIn(name: unknown, values: unknown): this {
    return this.addList("and", name, values, true);
  }
  orWhereNotIn(name: unknown, values: unknown): this {
    return this.addList("or", name, values, true);
  }

  private addNull(connector: Connector, name: unknown, negated: boolean): this {
    return this.add(connector, (to, state) => nullTest(to, resolveColumn(state, name), negated));
  }
  whereNull(name: unknown): this {
    return this.addNull("and", name, false);
  }
  orWhereNull(name: unknown): this {
    return this.addNull("or", name, false);
  }
  whereNotNull(name: unknown): this {
    return this.addNull("and", name, true);
  }
  orWhereNotNull(name: unknown): this {
    return this.addNull("or", name, true);
  }

  private addBetween(connector: Connector, name: unknown, range: unknown, negated: boolean): this {
    return this.add(connector, (to, state) => betweenCondition(state, to, resolveColumn(state, name), range, negated));
  }
  whereBetween(name: unknown, range: unknown): this {
    return this.addBetween("and", name, range, false);
  }
  orWhereBetween(name: unknown, range: unknown): this {
    return this.addBetween("or", name, range, false);
  }
  whereNotBetween(name: unknown, range: unknown): this {
    return this.addBetween("and", name, range, true);
  }
  orWhereNotBetween(name: unknown, range: unknown): this {
    return this.addBetween("or", name, range, true);
  }

  private addLike(connector: Connector, name: unknown, text: unknown, form: LikeForm): this {
    return this.add(connector, (to, state) => likeCondition(state, to, resolveColumn(state, name), text, form));
  }
  whereLike(name: unknown, pattern: unknown): this {
    return this.addLike("and", name, pattern, like);
  }
  orWhereLike(name: unknown, pattern: unknown): this {
    return this.addLike("or", name, pattern, like);
  }
  whereNotLike(name: unknown, pattern: unknown): this {
    return this.addLike("and", name, pattern, notLike);
  }
  orWhereNotLike(name: unknown, pattern: unknown): this {
    return this.addLike("or", name, pattern, notLike);
  }
  whereILike(name: unknown, pattern: unknown): this {
    return this.addLike("and", name, pattern, ilike);
  }
  orWhereILike(name: unknown, pattern: unknown): this {
    return this.addLike("or", name, pattern, ilike);
  }
  whereContains(name: unknown, text: unknown): this {
    return this.addLike("and", name, text, contains);
  }
  orWhereContains(name: unknown, text: unknown): this {
    return this.addLike("or", name, text, contains);
  }
  whereStartsWith(name: unknown, text: unknown): this {
    return this.addLike("and", name, text, startsWith);
  }
  orWhereStartsWith(name: unknown, text: unknown): this {
    return this.addLike("or", name, text, startsWith);
  }
  whereEndsWith(name: unknown, text: unknown): this {
    return this.addLike("and", name, text, endsWith);
  }
  orWhereEndsWith(name: unknown, text: unknown): this {
    return this.addLike("or", name, text, endsWith);
  }

  private addColumns(connector: Connector, given: readonly unknown[]): this {
    const [left, operatorOrRight, right] = given;
    const state = this.state;
    const operator = requireComparison(state, given.length === 3 ? operatorOrRight : "=");
    const other = resolveOther(state, given.length === 3 ? right : operatorOrRight);
    return this.add(connector, (to) => {
      const column = resolveColumn(state, left);
      refuseEncrypted(column.node);
      refuseEncrypted(other.node);
      if (other.outer !== undefined) to.outerTables = [...to.outerTables, other.outer];
      to.key += `${column.key}${operator}${other.key}`;
      return { kind: "comparison", left: column.node, operator, right: other.node };
    });
  }
  whereColumn(...given: unknown[]): this {
    return this.addColumns("and", given);
  }
  orWhereColumn(...given: unknown[]): this {
    return this.addColumns("or", given);
  }

  private addExists(connector: Connector, query: unknown, negated: boolean): this {
    return this.add(connector, (to) => existsSubquery(to, requireSubquery(query, "whereExists"), negated));
  }
  whereExists(query: unknown): this {
    return this.addExists("and", query, false);
  }
  orWhereExists(query: unknown): this {
    return this.addExists("or", query, false);
  }
  whereNotExists(query: unknown): this {
    return this.addExists("and", query, true);
  }
  orWhereNotExists(query: unknown): this {
    return this.addExists("or", query, true);
  }

  private addRelation(connector: Connector, name: unknown, build: unknown, operator: unknown, count: unknown): this {
    return this.add(connector, (to, state) => {
      const related = relatedQueries(state, to, name, build, (start) => this.draft(start));
      return relationCondition(state, to, related, operator, count);
    });
  }
  whereHas(name: unknown, build?: unknown, operator?: unknown, count?: unknown): this {
    return this.addRelation("and", name, build, operator, count);
  }
  orWhereHas(name: unknown, build?: unknown, operator?: unknown, count?: unknown): this {
    return this.addRelation("or", name, build, operator, count);
  }
  whereDoesntHave(name: unknown, build?: unknown): this {
    return this.addRelation("and", name, build, "<", 1);
  }
  orWhereDoesntHave(name: unknown, build?: unknown): this {
    return this.addRelation("or", name, build, "<", 1);
  }
  has(name: unknown, operator?: unknown, count?: unknown): this {
    return this.addRelation("and", name, undefined, operator, count);
  }
  orHas(name: unknown, operator?: unknown, count?: unknown): this {
    return this.addRelation("or", name, undefined, operator, count);
  }

  private addMorphedTo(connector: Connector, name: unknown, target: unknown, key: unknown): this {
    return this.add(connector, (to, state) => morphedToCondition(state, to, name, target, key));
  }
  whereMorphedTo(name: unknown, target: unknown, key?: unknown): this {
    return this.addMorphedTo("and", name, target, key);
  }
  orWhereMorphedTo(name: unknown, target: unknown, key?: unknown): this {
    return this.addMorphedTo("or", name, target, key);
  }

  private addJson(connector: Connector, given: readonly unknown[]): this {
    const [name, path, operatorOrValue, value] = given;
    const operator = given.length === 4 ? operatorOrValue : "=";
    return this.add(connector, (to, state) =>
      jsonCondition(state, to, name, path, operator, given.length === 4 ? value : operatorOrValue),
    );
  }
  whereJson(...given: unknown[]): this {
    return this.addJson("and", given);
  }
  orWhereJson(...given: unknown[]): this {
    return this.addJson("or", given);
  }
  whereJsonContains(name: unknown, value: unknown): this {
    return this.add("and", (to, state) => jsonContainsCondition(state, to, name, value));
  }
  orWhereJsonContains(name: unknown, value: unknown): this {
    return this.add("or", (to, state) => jsonContainsCondition(state, to, name, value));
  }

  private addJsonLength(connector: Connector, given: readonly unknown[]): this {
    const [name, operator, length] = withOperator(given);
    return this.add(connector, (to, state) => jsonLengthCondition(state, to, name, operator, length));
  }
  whereJsonLength(...given: unknown[]): this {
    return this.addJsonLength("and", given);
  }
  orWhereJsonLength(...given: unknown[]): this {
    return this.addJsonLength("or", given);
  }

  private addDate(connector: Connector, part: DatePart, given: readonly unknown[]): this {
    const [name, operator, value] = withOperator(given);
    return this.add(connector, (to, state) =>
      part === "date"
        ? dateCondition(state, to, name, operator, value)
        : datePartCondition(state, to, part, name, operator, value),
    );
  }
  whereDate(...given: unknown[]): this {
    return this.addDate("and", "date", given);
  }
  orWhereDate(...given: unknown[]): this {
    return this.addDate("or", "date", given);
  }
  whereYear(...given: unknown[]): this {
    return this.addDate("and", "year", given);
  }
  orWhereYear(...given: unknown[]): this {
    return this.addDate("or", "year", given);
  }
  whereMonth(...given: unknown[]): this {
    return this.addDate("and", "month", given);
  }
  orWhereMonth(...given: unknown[]): this {
    return this.addDate("or", "month", given);
  }
  whereDay(...given: unknown[]): this {
    return this.addDate("and", "day", given);
  }
  orWhereDay(...given: unknown[]): this {
    return this.addDate("or", "day", given);
  }
  whereTime(...given: unknown[]): this {
    return this.addDate("and", "time", given);
  }
  orWhereTime(...given: unknown[]): this {
    return this.addDate("or", "time", given);
  }

  private addFullText(connector: Connector, names: unknown, text: unknown): this {
    return this.add(connector, (to, state) => {
      const found = [names].flat().map((name) => requireModelColumn(state, name, "whereFullText"));
      to.key += `ft${found.map((column) => column.key).join()}`;
      return { kind: "fullText", columns: found.map((column) => column.node), text: textParameter(state, to, text) };
    });
  }
  whereFullText(names: unknown, text: unknown): this {
    return this.addFullText("and", names, text);
  }
  orWhereFullText(names: unknown, text: unknown): this {
    return this.addFullText("or", names, text);
  }
  whereRaw(text: unknown, bindings: unknown = []): this {
    return this.add("and", (to) => rawText(to, text, bindings));
  }
  orWhereRaw(text: unknown, bindings: unknown = []): this {
    return this.add("or", (to) => rawText(to, text, bindings));
  }

  when(value: unknown, then: unknown, otherwise?: unknown): this {
    return this.apply(value ? then : otherwise, value);
  }
  unless(value: unknown, then: unknown, otherwise?: unknown): this {
    return this.apply(value ? otherwise : then, value);
  }
  tap(build: unknown): this {
    return this.apply(build, undefined);
  }

  private apply(build: unknown, value: unknown): this {
    if (build === undefined) return this;
    if (typeof build !== "function") {
      throw new InvalidQueryError("A callback that builds a query is expected here.", {
        model: this.state.entry.info.table,
      });
    }
    const state = this.state;
    const draft = this.draft(state);
    return this.next(runDraft(draft, (query: unknown) => Reflect.apply(build, undefined, [query, value]), state));
  }
}

const like: LikeForm = { match: "pattern", caseSensitive: true, negated: false };
const notLike: LikeForm = { ...like, negated: true };
const ilike: LikeForm = { ...like, caseSensitive: false };
const contains: LikeForm = { ...like, match: "contains" };
const startsWith: LikeForm = { ...like, match: "startsWith" };
const endsWith: LikeForm = { ...like, match: "endsWith" };

/** `(name, value)` means `(name, "=", value)`. */
function withOperator(given: readonly unknown[]): readonly [unknown, unknown, unknown] {
  return given.length === 3 ? [given[0], given[1], given[2]] : [given[0], "=", given[1]];
}

function equalities(state: QueryState, to: Appender, conditions: object): Expression {
  const operands: Expression[] = [];
  to.key += "{";
  for (const [name, value] of Object.entries(conditions)) {
    const column = resolveColumn(state, name);
    refuseUndefined(state, name, value);
    operands.push(equality(to, column, "=", value));
  }
  to.key += "}";
  return joinExpressions("and", operands);
}

const shapes = [
  ...([
    "picked",
    "computed",
    "distinct",
    "distinctOn",
    "joins",
    "groupBy",
    "having",
    "orderBy",
    "limit",
    "offset",
  ] as const),
  ...(["sets", "common", "lock", "loads", "trashed"] as const),
] satisfies (keyof QueryState)[];

/** A group takes conditions; what shapes the result belongs to the query around it and would be lost here. */
function requireConditionsOnly(start: QueryState, inner: QueryState): void {
  const stray = shapes.find((part) => start[part] !== inner[part]);
  if (stray === undefined) return;
  throw new InvalidQueryError(
    `A group of conditions changed "${stray}" of the query. Say that on the query itself, outside of the group.`,
    { model: start.entry.info.table },
  );
}

function groupCondition(inner: QueryState): Condition {
  const empty: Expression = { kind: "literal", value: true };
  const simple = inner.where.every((conjunction) => conjunction.every((one) => one.kind !== "deferred"));
  const build: Deferred["build"] = (context) => conditionsToExpression(inner.where, context) ?? empty;
  return simple ? build({ hooked: () => undefined, scope: [] }) : { kind: "deferred", build };
}

/** The right side of `whereColumn`: a column in reach, or one of an enclosing query's table. */
function resolveOther(state: QueryState, name: unknown): { node: Expression; key: string; outer: string | undefined } {
  if (typeof name === "string" && name.includes(".")) {
    const [table, property] = name.split(".", 2);
    const inReach = table === state.alias || state.joins.some((join) => join.alias === table);
    const entry = inReach ? undefined : state.registry.entries.find((one) => one.info.table === table);
    const column = entry?.info.columns.get(property ?? "");
    if (entry !== undefined && column !== undefined) {
      const node: Expression = { kind: "column", table: entry.info.table, model: entry.info, column };
      return { node, key: `o${state.registry.entries.indexOf(entry)}.${column.index}`, outer: entry.info.table };
    }
  }
  return { ...resolveColumn(state, name), outer: undefined };
}
