import { InvalidQueryError } from "../errors/errors.ts";
import { isName } from "../model/naming.ts";
import { modelInfo } from "../model/model.ts";
import type { JoinType } from "../operation/statement.ts";
import { Builder } from "./builder.ts";
import { equality, nullTest, refuseUndefined, requireComparison } from "./condition.ts";
import {
  addCondition,
  Appender,
  emptyState,
  keyText,
  type Conditions,
  type JoinState,
  type QueryState,
} from "./query-state.ts";
import { hookPoint, runDraft } from "./relation-query.ts";
import { refuseEncrypted } from "./refuse-encrypted.ts";
import { resolveColumn } from "./resolve-column.ts";

/** A query with one more table in reach. */
export function joinTable(state: QueryState, type: JoinType, target: unknown, given: readonly unknown[]): QueryState {
  const to = new Appender(state);
  const join = joinStart(state, to, type, target);
  const reach = { ...state, key: to.key, values: to.values, joins: [...state.joins, join] };
  if (type === "cross") return { ...reach, hookPoints: to.hookPoints };
  const on = joinCondition(reach, given);
  return {
    ...reach,
    key: `${on.key};`,
    values: on.values,
    hookPoints: to.hookPoints,
    joins: [...state.joins, { ...join, on: on.where }],
  };
}

function joinStart(state: QueryState, to: Appender, type: JoinType, target: unknown): JoinState {
  const info = modelInfo(target);
  if (info === undefined) {
    if (typeof target !== "string" || target === "") {
      throw new InvalidQueryError("join needs a model or the name of a table.", { model: state.entry.info.table });
    }
    const [name = target, alias = name] = target.split(/\s+as\s+/i);
    if (!isName(name) || !isName(alias)) {
      throw new InvalidQueryError("join needs a model or the name of a table.", { model: state.entry.info.table });
    }
    requireFreeAlias(state, alias);
    to.key += `J${type}${keyText(name)}${keyText(alias)}`;
    return { type, name, model: undefined, alias, on: [], hook: undefined };
  }
  requireFreeAlias(state, info.table);
  const entry = state.registry.byInfo.get(info);
  if (entry === undefined) {
    throw new InvalidQueryError(`Model "${info.table}" is not part of this schema, so it cannot be joined.`, {
      model: state.entry.info.table,
    });
  }
  to.key += `J${type}m${state.registry.entries.indexOf(entry)}`;
  const hook = hookPoint(to, { ...emptyState(state.registry, entry), skippedHooks: state.skippedHooks });
  return { type, name: info.table, model: info, alias: info.table, on: [], hook };
}

function requireFreeAlias(state: QueryState, alias: string): void {
  if (alias !== state.alias && !state.joins.some((join) => join.alias === alias)) return;
  throw new InvalidQueryError(
    `The table "${alias}" is already part of this query. Join it by name under another one: join("${alias} as other", …).`,
    { model: state.entry.info.table },
  );
}

function joinCondition(state: QueryState, given: readonly unknown[]): QueryState {
  const draft = new JoinBuilder({ ...state, where: [] }, true);
  const [first, second] = given;
  if (typeof first === "function") return runDraft(draft, first, state);
  draft.on(first, joinedName(state, second));
  return draft.finish();
}

/** The right column may be named without its table. */
function joinedName(state: QueryState, name: unknown): unknown {
  const joined = state.joins[state.joins.length - 1];
  if (typeof name !== "string" || name.includes(".") || joined === undefined) return name;
  return `${joined.alias}.${name}`;
}

/** What the callback of a join gets; its conditions become the join's. */
class JoinBuilder extends Builder {
  protected derive(state: QueryState): this {
    return new JoinBuilder(state) as this;
  }

  #add(connector: "and" | "or", make: (to: Appender, state: QueryState) => Conditions[number][number]): this {
    const state = this.state;
    const to = new Appender(state);
    to.key += connector === "and" ? "&" : "|";
    const condition = make(to, state);
    const where = addCondition(state.where, connector, condition);
    return this.next({ ...state, key: to.key, values: to.values, where });
  }

  #columns(connector: "and" | "or", given: readonly unknown[]): this {
    const [left, operator, right] = given.length === 3 ? given : [given[0], "=", given[1]];
    return this.#add(connector, (to, state) => {
      const one = resolveColumn(state, left);
      const other = resolveColumn(state, right);
      refuseEncrypted(one.node);
      refuseEncrypted(other.node);
      const comparison = requireComparison(state, operator);
      to.key += `${one.key}${comparison}${other.key}`;
      return { kind: "comparison", left: one.node, operator: comparison, right: other.node };
    });
  }

  on(...given: unknown[]): this {
    return this.#columns("and", given);
  }
  orOn(...given: unknown[]): this {
    return this.#columns("or", given);
  }
  where(...given: unknown[]): this {
    const [name, operator, value] = given.length === 3 ? given : [given[0], "=", given[1]];
    return this.#add("and", (to, state) => {
      refuseUndefined(state, name, value);
      return equality(to, resolveColumn(state, name), requireComparison(state, operator), value);
    });
  }
  whereNull(name: unknown): this {
    return this.#add("and", (to, state) => nullTest(to, resolveColumn(state, name), false));
  }
  whereNotNull(name: unknown): this {
    return this.#add("and", (to, state) => nullTest(to, resolveColumn(state, name), true));
  }
}
