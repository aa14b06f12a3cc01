import { InvalidValueError, type ColumnType, type ComparisonOperator } from "@mortise/core/adapter";
import { bindNode, template, type JsonDialect, type Parameter } from "@mortise/sql";
import { jsonText } from "@mortise/sql/codecs";
import { BinaryOperationNode, OperatorNode, ParensNode, type OperationNode } from "kysely";

/** JSON queries in PostgreSQL's `jsonb`. */
export const jsonDialect: JsonDialect = Object.freeze<JsonDialect>({
  document,
  path: (found, path) => template`nullif(${valueAt(found, path)}, 'null')`,
  contains: (found, value) => template`${found} @> ${containedNode(value)}`,
  length: (found) => template`case jsonb_typeof(${found}) when 'array' then jsonb_array_length(${found}) end`,
  compare: compareJson,
});

/** A `jsonb` column is asked as it is, so that its index serves; anything else becomes one for the question. */
function document(operand: OperationNode, type: ColumnType): OperationNode {
  return type.kind === "jsonb" ? operand : template`to_jsonb(${operand})`;
}

/** The value at a path: null where there is none. A key never reaches into a list, nor an index into an object. */
function valueAt(found: OperationNode, path: Parameter): OperationNode {
  return template`jsonb_path_query_first(${found}, cast(${bindNode(path.slot, pathText)} as jsonpath), '{}', true)`;
}

/** Values of different types are unequal and have no order; where the path leads nowhere nothing matches. */
function compareJson(
  found: OperationNode,
  path: Parameter,
  operator: ComparisonOperator,
  value: Parameter,
): OperationNode {
  const left = valueAt(found, path);
  const right = template`cast(${bindNode(value.slot, scalarText)} as jsonb)`;
  const comparison = BinaryOperationNode.create(left, OperatorNode.create(operator), right);
  if (operator === "=" || operator === "<>") return comparison;
  return ParensNode.create(template`jsonb_typeof(${left}) = jsonb_typeof(${right}) and ${comparison}`);
}

/** `["a.b", 0]` becomes `strict $."a.b"[0]`: keys are JSON texts, so that no character of theirs can end them. */
export function pathText(path: unknown): string {
  if (!Array.isArray(path)) throw new InvalidValueError("A JSON path is a list of keys and indexes.");
  return `strict $${path.map(pathStep).join("")}`;
}

function pathStep(step: unknown): string {
  if (typeof step === "number" && Number.isSafeInteger(step) && step >= 0) return `[${step}]`;
  if (typeof step === "string" && step.isWellFormed() && !step.includes("\0")) return `.${JSON.stringify(step)}`;
  throw new InvalidValueError("A JSON path is a list of keys and indexes.");
}

function containedNode({ slot, place }: Parameter): OperationNode {
  const named = place ?? { type: { kind: "json" }, nullable: true, model: "", column: "value" };
  return template`cast(${bindNode(slot, (value) => jsonText(value, named))} as jsonb)`;
}

function scalarText(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return JSON.stringify(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new InvalidValueError("A value inside a document is compared with a text, a finite number or a boolean.");
}
