import { UnknownColumnError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import { isName } from "../model/naming.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { ColumnNode, Expression, NameNode, ValuePlace } from "../operation/expression.ts";
import { keyText, type Condition, type QueryState } from "./query-state.ts";

/** A column in reach of a query, with its part of the shape key. */
export interface Resolved {
  readonly node: ColumnNode | NameNode;
  readonly key: string;
}

/** Finds a column by the name the caller used: a property, `table.property`, or inside hooks a database name. */
export function resolveColumn(state: QueryState, name: unknown): Resolved {
  const { info } = state.entry;
  if (typeof name === "string") {
    const own = info.columns.get(name) ?? (state.loose ? info.byDatabaseName.get(name) : undefined);
    if (own !== undefined) return { node: columnNode(info, own, state.alias), key: `c${own.index}` };
    const qualified = resolveQualified(state, name);
    if (qualified !== undefined) return qualified;
  }
  throw unknownColumn(state, name);
}

function resolveQualified(state: QueryState, name: string): Resolved | undefined {
  const dot = name.indexOf(".");
  if (dot === -1) return undefined;
  const table = name.slice(0, dot);
  const property = name.slice(dot + 1);
  if (table === state.alias || table === state.entry.info.table) {
    const own = state.entry.info.columns.get(property);
    return own && { node: columnNode(state.entry.info, own, state.alias), key: `c${own.index}` };
  }
  const at = state.joins.findIndex((join) => join.alias === table);
  const join = state.joins[at];
  if (join === undefined) return undefined;
  if (join.model === undefined) {
    if (!isName(property)) return undefined;
    return { node: { kind: "name", table, name: property }, key: `n${at}.${keyText(property)}` };
  }
  const column = join.model.columns.get(property);
  return column && { node: columnNode(join.model, column, join.alias), key: `j${at}.${column.index}` };
}

export function columnNode(model: ModelInfo, column: ColumnInfo, table: string): ColumnNode {
  return { kind: "column", table, model, column };
}

/** A computed result of this query by its name, for ordering and `having`. */
export function resolveComputed(state: QueryState, name: unknown): { expression: Condition; key: string } | undefined {
  const at = state.computed.findIndex((one) => one.name === name);
  const computed = state.computed[at];
  return computed && { expression: computed.expression, key: `x${at}` };
}

/** Where values compared with an expression get their codec. */
export function placeOf(node: Expression): ValuePlace | undefined {
  if (node.kind !== "column") return undefined;
  return placeOfColumn(node.model, node.column);
}

const places = new WeakMap<ColumnInfo, ValuePlace>();

/** One place for each column, so that adapters can keep one codec for it. */
export function placeOfColumn(model: ModelInfo, column: ColumnInfo): ValuePlace {
  let place = places.get(column);
  if (place === undefined) {
    const { type, nullable, prepare } = column.definition;
    place = Object.freeze({ type, nullable, model: model.table, column: column.property, prepare });
    places.set(column, place);
  }
  return place;
}

function unknownColumn(state: QueryState, name: unknown): UnknownColumnError {
  const { info } = state.entry;
  const joined = state.joins.flatMap((join) => (join.model === undefined ? [`${join.alias}.*`] : [`${join.alias}.…`]));
  return new UnknownColumnError(
    `Model "${info.table}" has no column ${shown(name)}. ` +
      `In reach are: ${[...info.columns.keys(), ...joined].join(", ")}.`,
    { model: info.table, column: typeof name === "string" ? name : undefined },
  );
}
