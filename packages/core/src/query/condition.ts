import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import { RawExpression } from "../model/raw.ts";
import type { ComparisonOperator, Expression, LikeNode, ParameterNode, ValuePlace } from "../operation/expression.ts";
import { splitRaw } from "../operation/raw-text.ts";
import { operators, type Operator } from "../types/filter.ts";
import { keyText, type Appender, type Condition, type QueryState } from "./query-state.ts";
import { refuseEncrypted } from "./refuse-encrypted.ts";
import { placeOf, resolveColumn, type Resolved } from "./resolve-column.ts";
import { asSubquery, inSubquery } from "./subquery.ts";

const operatorSet: ReadonlySet<unknown> = new Set(operators);
const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  "=": "=",
  "!=": "<>",
  "<>": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** An operator from the closed list, checked at run time. */
export function requireOperator(state: QueryState, operator: unknown): Operator {
  if (operatorSet.has(operator)) return operator as Operator;
  throw new InvalidQueryError(`${shown(operator)} is not an operator. Operators are: ${operators.join(", ")}.`, {
    model: state.entry.info.table,
  });
}

/** An operator that compares two scalars. */
export function requireComparison(state: QueryState, operator: unknown): ComparisonOperator {
  const comparison =
    typeof operator === "string" && Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (comparison !== undefined) return comparison;
  throw new InvalidQueryError(
    `${shown(operator)} does not compare two values. Use one of: ${Object.keys(comparisons).join(", ")}.`,
    { model: state.entry.info.table },
  );
}

/** `undefined` is never a value: it is refused where it is given. */
export function refuseUndefined(state: QueryState, name: unknown, value: unknown): void {
  if (value !== undefined) return;
  throw new InvalidValueError(
    `The value for ${shown(name)} of model "${state.entry.info.table}" is undefined. ` +
      "Use null for a missing value, or leave the condition out.",
    { model: state.entry.info.table, column: typeof name === "string" ? name : undefined },
  );
}

/** `column operator value`, in all its forms. */
export function comparisonCondition(
  state: QueryState,
  to: Appender,
  name: unknown,
  operatorGiven: unknown,
  value: unknown,
): Condition {
  const operator = requireOperator(state, operatorGiven);
  const column = resolveColumn(state, name);
  refuseUndefined(state, name, value);
  switch (operator) {
    case "in":
    case "not in":
      return listCondition(state, to, column, value, operator === "not in");
    case "between":
    case "not between":
      return betweenCondition(state, to, column, value, operator === "not between");
    case "like":
    case "not like":
    case "ilike":
    case "not ilike":
      return likeCondition(state, to, column, value, {
        match: "pattern",
        caseSensitive: !operator.includes("ilike"),
        negated: operator.startsWith("not"),
      });
    case "regexp":
      refuseEncrypted(column.node);
      to.key += `~${column.key}`;
      return { kind: "regexp", operand: column.node, pattern: textParameter(state, to, value) };
    case "is":
    case "is not":
      return equality(to, column, operator === "is" ? "=" : "<>", value);
    default:
      return equality(to, column, comparisons[operator] ?? "=", value);
  }
}

/** A comparison with one value. `null` means IS NULL or IS NOT NULL. */
export function equality(to: Appender, column: Resolved, operator: ComparisonOperator, value: unknown): Expression {
  if (value === null) return nullComparison(to, column, operator);
  refuseEncrypted(column.node);
  if (RawExpression.is(value)) {
    to.key += `${column.key}${operator}`;
    return { kind: "comparison", left: column.node, operator, right: rawExpression(to, value) };
  }
  to.key += `${column.key}${operator}?`;
  const right: ParameterNode = { kind: "parameter", slot: to.slot(value), place: placeOf(column.node) };
  return { kind: "comparison", left: column.node, operator, right };
}

function nullComparison(to: Appender, column: Resolved, operator: ComparisonOperator): Expression {
  if (operator === "=" || operator === "<>") return nullTest(to, column, operator === "<>");
  throw new InvalidQueryError(`Nothing can be ${operator} null. Use "=" or "!=", whereNull or whereNotNull.`);
}

export function nullTest(to: Appender, column: Resolved, negated: boolean): Expression {
  to.key += `${column.key}${negated ? "!" : ""}n`;
  return { kind: "nullTest", operand: column.node, negated };
}

/** `in` with a list or a query. An empty list matches nothing, a negated one everything. */
export function listCondition(
  state: QueryState,
  to: Appender,
  column: Resolved,
  value: unknown,
  negated: boolean,
): Condition {
  refuseEncrypted(column.node);
  const query = asSubquery(value);
  if (query !== undefined) return inSubquery(to, column, query, negated);
  if (!Array.isArray(value)) {
    throw new InvalidValueError(`"in" needs a list or a query.`, { model: state.entry.info.table });
  }
  if (value.length === 0) {
    to.key += negated ? "T" : "F";
    return { kind: "literal", value: negated };
  }
  if (value.includes(undefined) || value.includes(null)) {
    throw new InvalidValueError(
      `The list for "in" contains null or undefined, which never equal anything. Use whereNull beside it.`,
      { model: state.entry.info.table },
    );
  }
  if (value.some((one) => RawExpression.is(one))) return inExpressions(to, column, value, negated);
  to.key += `${column.key}${negated ? "!" : ""}i`;
  const slot = to.slot([...value]);
  const list = { kind: "list", slot, place: placeOf(column.node) ?? anyPlace(state, column) } as const;
  return { kind: "in", operand: column.node, list, negated };
}

/** A list with expressions in it is spelled out as comparisons. */
function inExpressions(to: Appender, column: Resolved, values: readonly unknown[], negated: boolean): Expression {
  to.key += "(";
  const operands = values.map((value) => equality(to, column, "=", value));
  to.key += `)${negated ? "!" : ""}o`;
  const some: Expression = { kind: "or", operands };
  return negated ? { kind: "not", operand: some } : some;
}

function anyPlace(state: QueryState, column: Resolved): ValuePlace {
  const name = column.node.kind === "name" ? column.node.name : column.node.column.property;
  return { type: { kind: "any" }, nullable: false, model: state.entry.info.table, column: name };
}

export function betweenCondition(
  state: QueryState,
  to: Appender,
  column: Resolved,
  value: unknown,
  negated: boolean,
): Expression {
  if (!Array.isArray(value) || value.length !== 2 || value.includes(undefined) || value.includes(null)) {
    throw new InvalidValueError(`"between" needs a list of two values.`, { model: state.entry.info.table });
  }
  refuseEncrypted(column.node);
  to.key += `${column.key}${negated ? "!" : ""}b`;
  const [low, high] = value.map((one) => operand(to, column, one));
  return { kind: "between", operand: column.node, low: low!, high: high!, negated };
}

/** A value or raw expression as an operand, with its mark in the key. */
export function operand(to: Appender, column: Resolved, value: unknown): Expression {
  if (RawExpression.is(value)) return rawExpression(to, value);
  to.key += "?";
  return { kind: "parameter", slot: to.slot(value), place: placeOf(column.node) };
}

type LikeForm = Pick<LikeNode, "match" | "caseSensitive" | "negated">;

export function likeCondition(
  state: QueryState,
  to: Appender,
  column: Resolved,
  value: unknown,
  form: LikeForm,
): Expression {
  refuseEncrypted(column.node);
  to.key += `${column.key}l${form.match[0]}${form.match[1]}${form.caseSensitive ? "s" : "i"}${form.negated ? "!" : ""}`;
  return { kind: "like", operand: column.node, pattern: textParameter(state, to, value), ...form };
}

/** A pattern or a text to search for. */
export function textParameter(state: QueryState, to: Appender, value: unknown): ParameterNode {
  if (typeof value !== "string") {
    throw new InvalidValueError("A pattern must be a text.", { model: state.entry.info.table });
  }
  return { kind: "parameter", slot: to.slot(value), place: undefined };
}

/** The caller's own text with its bindings as parameters. */
export function rawExpression(to: Appender, expression: RawExpression): Expression {
  return rawText(to, expression.text, expression.bindings);
}

export function rawText(to: Appender, text: unknown, bindings: unknown): Expression {
  if (typeof text !== "string") throw new InvalidQueryError("A raw fragment needs a text.");
  if (!Array.isArray(bindings)) throw new InvalidQueryError("A raw fragment needs its bindings as a list.");
  const texts = splitRaw(text);
  if (texts.length - 1 !== bindings.length) {
    throw new InvalidQueryError(
      `The raw text ${JSON.stringify(text)} has ${texts.length - 1} placeholders but was given ${bindings.length} bindings. ` +
        "Write \\? for a question mark that is none.",
    );
  }
  if (bindings.includes(undefined)) throw new InvalidValueError("A binding of a raw fragment is undefined.");
  to.key += `r${keyText(text)}`;
  const operands = bindings.map((value): ParameterNode => ({
    kind: "parameter",
    slot: to.slot(value),
    place: undefined,
  }));
  return { kind: "raw", texts, operands };
}
