import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import type { ColumnNode, Expression, JsonPathNode, ValuePlace } from "../operation/expression.ts";
import { refuseUndefined, requireComparison } from "./condition.ts";
import { requireModelColumn } from "./date-condition.ts";
import { keyText, type Appender, type QueryState } from "./query-state.ts";

function requireJson(state: QueryState, name: unknown, method: string): { node: ColumnNode; key: string } {
  const column = requireModelColumn(state, name, method);
  const { kind } = column.node.column.definition.type;
  if (kind === "json" || kind === "jsonb" || kind === "array" || kind === "set") return column;
  throw new InvalidQueryError(`${method} needs a JSON column, and "${column.node.column.property}" is none.`, {
    model: state.entry.info.table,
    column: column.node.column.property,
  });
}

function jsonPath(state: QueryState, to: Appender, operand: ColumnNode, path: unknown): JsonPathNode {
  const fits =
    Array.isArray(path) &&
    path.length > 0 &&
    path.every((step) => typeof step === "string" || (Number.isSafeInteger(step) && step >= 0));
  if (!fits) {
    throw new InvalidValueError("A JSON path is a list of keys and indexes, with at least one entry.", {
      model: state.entry.info.table,
      column: operand.column.property,
    });
  }
  return { kind: "jsonPath", operand, path: { kind: "parameter", slot: to.slot(path), place: undefined } };
}

/** `whereJson(column, path, operator, value)`: a scalar inside the document. */
export function jsonCondition(
  state: QueryState,
  to: Appender,
  name: unknown,
  path: unknown,
  operatorGiven: unknown,
  value: unknown,
): Expression {
  const column = requireJson(state, name, "whereJson");
  const operator = requireComparison(state, operatorGiven);
  refuseUndefined(state, name, value);
  const operand = jsonPath(state, to, column.node, path);
  if (value === null) {
    if (operator !== "=" && operator !== "<>") {
      throw new InvalidQueryError(`Nothing can be ${operator} null. Use "=" or "!=".`, {
        model: state.entry.info.table,
      });
    }
    to.key += `jn${column.key}${operator}`;
    return { kind: "nullTest", operand, negated: operator === "<>" };
  }
  if (!["string", "number", "boolean"].includes(typeof value)) {
    throw new InvalidValueError("whereJson compares with a text, a number, a boolean or null.", {
      model: state.entry.info.table,
      column: column.node.column.property,
    });
  }
  to.key += `j${column.key}${operator}${(typeof value)[0]}`;
  return {
    kind: "jsonCompare",
    operand,
    operator,
    value: { kind: "parameter", slot: to.slot(value), place: undefined },
  };
}

/** A column of documents, and names of fields inside it. */
export interface DocumentPath {
  readonly column: string;
  readonly names: readonly string[];
}

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** `"meta.author.name"` where `meta` is a column of documents and no table in reach; `undefined` for every other name. */
export function documentPath(state: QueryState, name: unknown): DocumentPath | undefined {
  if (typeof name !== "string" || !name.includes(".")) return undefined;
  const { columns, table } = state.entry.info;
  const [column = "", ...names] = name.split(".");
  const kind = columns.get(column)?.definition.type.kind;
  const isTable = [state.alias, table, ...state.joins.map(({ alias }) => alias)].includes(column);
  if (columns.has(name) || isTable || (kind !== "json" && kind !== "jsonb")) return undefined;
  if (names.every((one) => plainName.test(one))) return { column, names };
  throw new InvalidQueryError(
    `A path into the column "${column}" of model "${table}" is names of fields with dots between them. ` +
      "Keys of another form, and entries of lists, are reached by whereJson, which takes them as a list.",
    { model: table, column },
  );
}

/** `where("meta.author.name", operator, value)`: `whereJson` with its path as part of the shape. */
export function pathCondition(
  state: QueryState,
  to: Appender,
  { column, names }: DocumentPath,
  operator: unknown,
  value: unknown,
): Expression {
  to.key += `p${keyText(names.join("."))}`;
  const condition = jsonCondition(state, to, column, names, operator, value);
  return condition.kind === "jsonCompare" ? { ...condition, operand: { ...condition.operand, names } } : condition;
}

/** `whereJsonContains(column, value)`: the document, or an entry of it, contains the value. */
export function jsonContainsCondition(state: QueryState, to: Appender, name: unknown, value: unknown): Expression {
  const column = requireJson(state, name, "whereJsonContains");
  refuseUndefined(state, name, value);
  to.key += `jc${column.key}`;
  const place: ValuePlace = {
    type: { kind: "json" },
    nullable: false,
    model: column.node.model.table,
    column: column.node.column.property,
  };
  return { kind: "jsonContains", operand: column.node, value: { kind: "parameter", slot: to.slot(value), place } };
}

const lengthPlace: ValuePlace = {
  type: { kind: "integer", unsigned: false },
  nullable: false,
  model: "",
  column: "length",
};

/** `whereJsonLength(column, operator, n)`: how many entries a JSON list has. */
export function jsonLengthCondition(
  state: QueryState,
  to: Appender,
  name: unknown,
  operatorGiven: unknown,
  length: unknown,
): Expression {
  const column = requireJson(state, name, "whereJsonLength");
  const operator = requireComparison(state, operatorGiven);
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0) {
    throw new InvalidValueError("whereJsonLength needs a whole number, 0 or more.", { model: state.entry.info.table });
  }
  to.key += `jl${column.key}${operator}`;
  return {
    kind: "comparison",
    left: { kind: "jsonLength", operand: column.node },
    operator,
    right: { kind: "parameter", slot: to.slot(length), place: lengthPlace },
  };
}
