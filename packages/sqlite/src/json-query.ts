import { InvalidValueError, type ComparisonOperator } from "@mortise/core/adapter";
import { bindNode, template, type JsonDialect, type Parameter } from "@mortise/sql";
import { BinaryOperationNode, OperatorNode, ParensNode, type OperationNode } from "kysely";
import { jsonText } from "@mortise/sql/codecs";

/** JSON queries over text documents with SQLite's own functions; only containment needs one of ours. */
export const jsonDialect: JsonDialect = Object.freeze<JsonDialect>({
  path: (document, path) => template`json_extract(${document}, ${pathNode(path)})`,
  contains: (document, value) => template`mortise_json_contains(${document}, ${containedNode(value)})`,
  length: (document) => template`case json_type(${document}) when 'array' then json_array_length(${document}) end`,
  compare: compareJson,
});

/**
 * True and 1 are the same to SQLite but not in JSON, and a text sorts after every number: so the JSON types have to be equal first.
 * Values of other types are unequal; where the path leads nowhere nothing matches.
 */
function compareJson(
  document: OperationNode,
  path: Parameter,
  operator: ComparisonOperator,
  value: Parameter,
): OperationNode {
  const found = template`json_extract(${document}, ${pathNode(path)})`;
  const type = template`(case json_type(${document}, ${pathNode(path)}) when 'true' then 'boolean' when 'false' then 'boolean' when 'integer' then 'number' when 'real' then 'number' when 'text' then 'string' when 'null' then 'null' when 'array' then 'array' when 'object' then 'object' end)`;
  const sameType = operator === "<>" ? "<>" : "=";
  const typeTest = binary(type, sameType, bindNode(value.slot, scalarType));
  const valueTest = binary(found, operator, bindNode(value.slot, scalarValue));
  return ParensNode.create(
    operator === "<>" ? template`${typeTest} or ${valueTest}` : template`${typeTest} and ${valueTest}`,
  );
}

function binary(left: OperationNode, operator: ComparisonOperator, right: OperationNode): OperationNode {
  return BinaryOperationNode.create(left, OperatorNode.create(operator), right);
}

function pathNode({ slot }: Parameter): OperationNode {
  return bindNode(slot, pathText);
}

/** `["a.b", 0]` becomes `$."a.b"[0]`: keys are JSON texts, so that no character of theirs can end them. */
export function pathText(path: unknown): string {
  if (!Array.isArray(path)) throw new InvalidValueError("A JSON path is a list of keys and indexes.");
  return `$${path.map(pathStep).join("")}`;
}

function pathStep(step: unknown): string {
  if (typeof step === "number" && Number.isSafeInteger(step) && step >= 0) return `[${step}]`;
  if (typeof step === "string" && step.isWellFormed() && !step.includes("\0")) return `.${JSON.stringify(step)}`;
  throw new InvalidValueError("A JSON path is a list of keys and indexes.");
}

function containedNode({ slot, place }: Parameter): OperationNode {
  const named = place ?? { type: { kind: "json" }, nullable: true, model: "", column: "value" };
  return bindNode(slot, (value) => jsonText(value, named));
}

function scalarType(value: unknown): string {
  if (typeof value === "bigint") return "number";
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return typeof value;
  throw new InvalidValueError("A value inside a document is compared with a text, a number or a boolean.");
}

function scalarValue(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new InvalidValueError("A value inside a document is compared with a finite number.");
  }
  return value;
}
