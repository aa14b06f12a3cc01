import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo, HookName } from "../model/model-info.ts";
import { isName } from "../model/naming.ts";
import type { AggregateName, Expression } from "../operation/expression.ts";
import type { JoinType, Lock, SetOperator } from "../operation/statement.ts";
import { aggregateSerialize, aggregateType, placeOfComputed } from "./aggregate-type.ts";
import { equality, rawText, refuseUndefined, requireComparison } from "./condition.ts";
import { FilterBuilder } from "./filter-builder.ts";
import { joinTable } from "./join.ts";
import { loadRelations, refuseTaken, withRelationAggregate } from "./load.ts";
import {
  addCondition,
  Appender,
  keyText,
  type Computed,
  type Condition,
  type OrderState,
  type QueryState,
} from "./query-state.ts";
import { refuseEncrypted } from "./refuse-encrypted.ts";
import { readOptions } from "./read-options.ts";
import { requireColumn } from "../model/require-column.ts";
import { resolveColumn, resolveComputed } from "./resolve-column.ts";
import { splitRaw } from "../operation/raw-text.ts";
import { embed, requireSubquery } from "./subquery.ts";

const hookNames: ReadonlySet<unknown> = new Set<HookName>([
  "beforeFetch",
  "afterFetch",
  "beforeInsert",
  "beforeInsertMany",
  "beforeUpdate",
  "beforeDelete",
]);

/** The methods that shape a result, as they run; `Query` in `types/query.ts` is what callers see. */
export abstract class ShapeBuilder extends FilterBuilder {
  /** One change of the state, with its values and its part of the key. */
  #change(mark: string, make: (to: Appender, state: QueryState) => Partial<QueryState>): this {
    const state = this.state;
    const to = new Appender(state);
    to.key += mark;
    const change = make(to, state);
    return this.next({
      ...state,
      key: to.key,
      values: to.values,
      hookPoints: to.hookPoints,
      depth: to.depth,
      ...change,
    });
  }

  #set(mark: string, change: Partial<QueryState>): this {
    const state = this.state;
    return this.next({ ...state, key: state.key + mark, ...change });
  }

  select(...given: unknown[]): this {
    const [aliases] = given;
    const isObject = typeof aliases === "object" && aliases !== null && !Array.isArray(aliases);
    if (given.length === 0 || (isObject && Object.keys(aliases).length === 0)) {
      throw new InvalidQueryError("select needs at least one column; leave it out for all of them.", {
        model: this.state.entry.info.table,
      });
    }
    if (isObject) return this.#selectAliases(aliases);
    return this.#change("s", (to, state) => {
      const picked: ColumnInfo[] = [];
      let computed = state.computed;
      for (const name of given) {
        const column = resolveColumn(state, name);
        to.key += `${column.key},`;
        if (column.node.kind === "column" && column.node.table === state.alias) picked.push(column.node.column);
        else computed = [...computed, columnUnder(String(name), column.node)];
      }
      return { picked: [...new Set(picked)], computed };
    });
  }

  #selectAliases(aliases: object): this {
    return this.#change("s", (to, state) => {
      let at: QueryState = { ...state, picked: [] };
      for (const [alias, name] of Object.entries(aliases)) {
        const column = resolveColumn(state, name);
        to.key += `${column.key}a${keyText(alias)}`;
        refuseTaken(at, alias);
        at = { ...at, computed: [...at.computed, columnUnder(alias, column.node)] };
      }
      return { picked: [], computed: at.computed };
    });
  }

  /** One raw column, or several: `"count(*) as n, max(id) as top"`. The names come from the text. */
  selectRaw(text: unknown, bindings: unknown = []): this {
    return this.#change("S", (to, state) => {
      if (typeof text !== "string") throw new InvalidQueryError("A raw fragment needs a text.");
      const columns = splitColumns(text);
      let rest = Array.isArray(bindings) ? bindings : [];
      let computed = state.computed;
      let picked = state.picked ?? [];
      for (const column of columns) {
        if (column.text === "*") {
          picked = [...state.entry.info.columns.values()];
          to.key += "*";
          continue;
        }
        const own = rest.slice(0, column.placeholders);
        rest = rest.slice(column.placeholders);
        to.key += keyText(column.name);
        const expression = rawText(to, column.text, own);
        computed = [...computed, { name: column.name, expression, type: { kind: "raw" } }];
      }
      if (rest.length > 0) rawText(to, String(text), bindings);
      return { computed, picked };
    });
  }

  #aggregate(name: AggregateName, given: unknown, as: unknown): this {
    return this.#change("g", (to, state) => {
      const column = given === undefined ? undefined : resolveColumn(state, given);
      if (typeof as !== "string") throw new InvalidQueryError(`The result of ${name} needs a name.`);
      refuseTaken({ ...state, picked: state.picked ?? [] }, as);
      to.key += `${name}${column?.key ?? ""}${keyText(as)}`;
      const node = column?.node;
      const model = node?.kind === "column" ? node.model : state.entry.info;
      const type = aggregateType(name, model, node?.kind === "column" ? node.column : undefined);
      const expression: Expression = { kind: "aggregate", name, operand: node, distinct: false };
      const serialize = node?.kind === "column" ? aggregateSerialize(name, node.column) : undefined;
      const one: Computed = { name: as, expression, type: node?.kind === "name" ? { kind: "raw" } : type, serialize };
      return { computed: [...state.computed, one], picked: state.picked ?? [] };
    });
  }
  selectCount(as: unknown): this {
    return this.#aggregate("count", undefined, as);
  }
  selectSum(name: unknown, as: unknown): this {
    return this.#aggregate("sum", name, as);
  }
  selectAvg(name: unknown, as: unknown): this {
    return this.#aggregate("avg", name, as);
  }
  selectMin(name: unknown, as: unknown): this {
    return this.#aggregate("min", name, as);
  }
  selectMax(name: unknown, as: unknown): this {
    return this.#aggregate("max", name, as);
  }

  distinct(): this {
    return this.#set("D", { distinct: true });
  }
  distinctOn(...names: unknown[]): this {
    return this.#change("Do", (to, state) => ({ distinctOn: names.map((name) => keyed(to, state, name)) }));
  }

  #join(type: JoinType, target: unknown, given: readonly unknown[]): this {
    return this.next(joinTable(this.state, type, target, given));
  }
  join(target: unknown, ...given: unknown[]): this {
    return this.#join("inner", target, given);
  }
  leftJoin(target: unknown, ...given: unknown[]): this {
    return this.#join("left", target, given);
  }
  rightJoin(target: unknown, ...given: unknown[]): this {
    return this.#join("right", target, given);
  }
  fullJoin(target: unknown, ...given: unknown[]): this {
    return this.#join("full", target, given);
  }
  crossJoin(target: unknown): this {
    return this.#join("cross", target, []);
  }

  groupBy(...names: unknown[]): this {
    return this.#change("G", (to, state) => ({
      groupBy: [...state.groupBy, ...names.map((name) => groupedBy(to, state, name))],
    }));
  }

  #having(connector: "and" | "or", given: readonly unknown[]): this {
    const [name, operatorGiven, value] = given.length === 3 ? given : [given[0], "=", given[1]];
    return this.#change(connector === "and" ? "h&" : "h|", (to, state) => {
      const operator = requireComparison(state, operatorGiven);
      refuseUndefined(state, name, value);
      const computed = resolveComputed(state, name);
      const condition =
        computed === undefined
          ? equality(to, resolveColumn(state, name), operator, value)
          : computedComparison(to, computed, operator, value);
      return { having: addCondition(state.having, connector, condition) };
    });
  }
  having(...given: unknown[]): this {
    return this.#having("and", given);
  }
  orHaving(...given: unknown[]): this {
    return this.#having("or", given);
  }
  havingRaw(text: unknown, bindings: unknown = []): this {
    return this.#change("h&", (to, state) => ({
      having: addCondition(state.having, "and", rawText(to, text, bindings)),
    }));
  }
  orHavingRaw(text: unknown, bindings: unknown = []): this {
    return this.#change("h|", (to, state) => ({
      having: addCondition(state.having, "or", rawText(to, text, bindings)),
    }));
  }

  orderBy(name: unknown, direction: unknown = "asc", options: unknown = {}): this {
    return this.#change("o", (to, state) => {
      const nulls = nullsOption(state, options);
      if (direction !== "asc" && direction !== "desc") {
        throw new InvalidQueryError(`${shown(direction)} is not a direction. Use "asc" or "desc".`, {
          model: state.entry.info.table,
        });
      }
      const computed = resolveComputed(state, name);
      const column = computed === undefined ? resolveColumn(state, name) : undefined;
      if (column !== undefined) refuseEncrypted(column.node);
      to.key += `${computed?.key ?? column?.key}${direction}${nulls ?? ""}`;
      const own = column?.node.kind === "column" && column.node.table === state.alias ? column.node.column : undefined;
      const order: OrderState = { expression: computed?.expression ?? column!.node, direction, nulls, column: own };
      return { orderBy: [...state.orderBy, order] };
    });
  }
  orderByRaw(text: unknown, bindings: unknown = []): this {
    return this.#change("o", (to, state) => {
      const expression = rawText(to, text, bindings);
      return { orderBy: [...state.orderBy, { expression, direction: "asc", nulls: undefined, column: undefined }] };
    });
  }
  inRandomOrder(): this {
    const random: OrderState = {
      expression: { kind: "random" },
      direction: "asc",
      nulls: undefined,
      column: undefined,
    };
    return this.#change("oR", (_, state) => ({ orderBy: [...state.orderBy, random] }));
  }

  limit(count: unknown): this {
    return this.#change("l", (to, state) => ({ limit: to.slot(requireCount(state, "limit", count)) }));
  }
  offset(count: unknown): this {
    return this.#change("O", (to, state) => ({ offset: to.slot(requireCount(state, "offset", count)) }));
  }

  #combine(operator: SetOperator, query: unknown): this {
    return this.#change(operator, (to, state) => {
      const embedded = embed(to, requireSubquery(query, operator));
      return { sets: [...state.sets, { ...embedded, operator }] };
    });
  }
  union(query: unknown): this {
    return this.#combine("union", query);
  }
  unionAll(query: unknown): this {
    return this.#combine("unionAll", query);
  }
  intersect(query: unknown): this {
    return this.#combine("intersect", query);
  }
  except(query: unknown): this {
    return this.#combine("except", query);
  }

  #common(name: unknown, query: unknown, columns: unknown, recursive: boolean): this {
    return this.#change(recursive ? "wr" : "w", (to, state) => {
      const names: readonly unknown[] = Array.isArray(columns) ? columns : [];
      if (!isName(name) || !names.every(isName)) throw new InvalidQueryError("A common table needs a name.");
      to.key += `${keyText(name)}${names.map(keyText).join("")}`;
      const embedded = embed(to, requireSubquery(query, "with"));
      return { common: [...state.common, { ...embedded, name, columns: names, recursive }] };
    });
  }
  with(name: unknown, query: unknown): this {
    return this.#common(name, query, undefined, false);
  }
  withRecursive(name: unknown, query: unknown, columns?: unknown): this {
    return this.#common(name, query, columns, true);
  }

  #lock(strength: Lock["strength"], options: unknown): this {
    const given = readOptions(this.state.entry.info, "A lock", options, ["skipLocked", "noWait"]);
    const [skip = false, now = false] = [given.get("skipLocked"), given.get("noWait")];
    if (typeof skip !== "boolean" || typeof now !== "boolean") {
      throw new InvalidQueryError("skipLocked and noWait of a lock are true or false.");
    }
    if (skip && now) throw new InvalidQueryError("A lock takes skipLocked or noWait, not both.");
    const wait = skip ? "skipLocked" : now ? "noWait" : "wait";
    return this.#set(`k${strength}${wait}`, { lock: { strength, wait } });
  }
  lockForUpdate(options?: unknown): this {
    return this.#lock("update", options);
  }
  lockForShare(options?: unknown): this {
    return this.#lock("share", options);
  }

  load(...given: unknown[]): this {
    return this.next(loadRelations(this.state, given, (start) => this.draft(start)));
  }

  #withAggregate(
    name: AggregateName | "exists",
    relation: unknown,
    column: unknown,
    build: unknown,
    options: unknown,
  ): this {
    const wanted = { name, relation, column, build, options };
    return this.next(withRelationAggregate(this.state, wanted, (start) => this.draft(start)));
  }
  withCount(relation: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("count", relation, undefined, build, options);
  }
  withExists(relation: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("exists", relation, undefined, build, options);
  }
  withSum(relation: unknown, column: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("sum", relation, column, build, options);
  }
  withAvg(relation: unknown, column: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("avg", relation, column, build, options);
  }
  withMin(relation: unknown, column: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("min", relation, column, build, options);
  }
  withMax(relation: unknown, column: unknown, build?: unknown, options?: unknown): this {
    return this.#withAggregate("max", relation, column, build, options);
  }

  withTrashed(): this {
    return this.#set("tw", { trashed: "with" });
  }
  onlyTrashed(): this {
    return this.#set("to", { trashed: "only" });
  }
  withoutHooks(...names: unknown[]): this {
    const skipped = names.length === 0 ? [...hookNames] : names;
    const unknown = skipped.find((name) => !hookNames.has(name));
    if (unknown !== undefined) {
      throw new InvalidQueryError(`${shown(unknown)} is not a hook. Hooks are: ${[...hookNames].join(", ")}.`);
    }
    const hooks = skipped as HookName[];
    return this.#set(`H${hooks.join()}`, { skippedHooks: [...this.state.skippedHooks, ...hooks] });
  }
  unfiltered(): this {
    return this.#set("", { unfiltered: true });
  }
  maxRows(count: unknown): this {
    return this.#set("", { maxRows: requireCount(this.state, "maxRows", count) });
  }
  returning(...names: unknown[]): this {
    const { info } = this.state.entry;
    const columns = names.length === 0 ? [...info.columns.values()] : names.map((name) => requireColumn(info, name));
    return this.#set(`R${columns.map((column) => column.index).join()}`, { returning: columns });
  }
}

/** A column, or a computed result by its name; what is itself counted over the group cannot make the group. */
function groupedBy(to: Appender, state: QueryState, name: unknown): Condition {
  const computed = resolveComputed(state, name);
  if (computed === undefined) return keyed(to, state, name);
  if (computed.expression.kind === "aggregate") {
    throw new InvalidQueryError(
      `"${String(name)}" is an aggregate of each group, so that rows cannot be grouped by it. Use having to filter by it.`,
      { model: state.entry.info.table },
    );
  }
  to.key += `${computed.key},`;
  return computed.expression;
}

function keyed(to: Appender, state: QueryState, name: unknown): Expression {
  const column = resolveColumn(state, name);
  refuseEncrypted(column.node);
  to.key += `${column.key},`;
  return column.node;
}

/** A column under another name keeps its codec and its `serialize`. */
export function columnUnder(name: string, node: Expression): Computed {
  if (node.kind !== "column") return { name, expression: node, type: { kind: "raw" } };
  const { type, nullable, prepare, serialize } = node.column.definition;
  const place = { type, nullable, model: node.model.table, column: node.column.property, prepare };
  return { name, expression: node, type: { kind: "column", place }, serialize };
}

function computedComparison(
  to: Appender,
  computed: { expression: Condition; key: string },
  operator: ReturnType<typeof requireComparison>,
  value: unknown,
): Condition {
  to.key += `${computed.key}${operator}?`;
  const { expression } = computed;
  const place = expression.kind === "deferred" ? undefined : placeOfComputed(expression);
  const right: Expression = { kind: "parameter", slot: to.slot(value), place };
  if (expression.kind !== "deferred") return { kind: "comparison", left: expression, operator, right };
  return {
    kind: "deferred",
    build: (context) => ({ kind: "comparison", left: expression.build(context), operator, right }),
  };
}

function nullsOption(state: QueryState, options: unknown): "first" | "last" | undefined {
  const nulls = readOptions(state.entry.info, "orderBy", options, ["nulls"]).get("nulls");
  if (nulls === undefined || nulls === "first" || nulls === "last") return nulls;
  throw new InvalidQueryError(`"nulls" of orderBy is "first" or "last".`, { model: state.entry.info.table });
}

/** A non-negative whole number, checked before anything is sent. */
export function requireCount(state: QueryState, what: string, count: unknown): number {
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidValueError(`${what} needs a whole number, 0 or more.`, { model: state.entry.info.table });
}

interface RawColumn {
  readonly text: string;
  readonly name: string;
  readonly placeholders: number;
}

/** Cuts `"a, b as c"` at its outer commas. */
function splitColumns(text: string): readonly RawColumn[] {
  const columns: string[] = [];
  let depth = 0;
  let quote: string | undefined;
  let column = "";
  for (const letter of text) {
    if (quote !== undefined) {
      if (letter === quote) quote = undefined;
    } else if (letter === "'" || letter === '"' || letter === "`") quote = letter;
    else if (letter === "(") depth += 1;
    else if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0 && quote === undefined) {
      columns.push(column);
      column = "";
    } else column += letter;
  }
  return [...columns, column].map(rawColumn);
}

function rawColumn(text: string): RawColumn {
  const alias = /^(.*)\s+as\s+(?:(["'`])(.+)\2|([^"'`\s()]+))\s*$/is.exec(text);
  const [, expression = text, quote = "", quoted, bare] = alias ?? [];
  const body = expression.trim();
  const name = quoted === undefined ? (bare ?? body) : quoted.replaceAll(quote + quote, quote);
  return { text: body, name, placeholders: splitRaw(body).length - 1 };
}
