import { InvalidValueError, type ComparisonOperator } from "@mortise/core/adapter";
import { bindNode, template, type JsonDialect, type Parameter } from "@mortise/sql";
import { jsonText } from "@mortise/sql/codecs";
import { BinaryOperationNode, OperatorNode, ParensNode, RawNode, type OperationNode } from "kysely";
import type { Server } from "./server.ts";

/** JSON queries; `collation` is the one in which texts inside documents, and the names of types, compare. */
export function jsonDialect({
  collation,
  jsonKeysWithMinus,
}: Pick<Server, "collation" | "jsonKeysWithMinus">): JsonDialect {
  const pathNode = ({ slot }: Parameter): OperationNode =>
    bindNode(slot, jsonKeysWithMinus ? pathText : pathWithoutMinus);
  const exact = RawNode.createWithSql(collation);
  return Object.freeze<JsonDialect>({
    path: (document, path) =>
      template`(case when convert(json_type(json_extract(${document}, ${pathNode(path)})) using utf8mb4) collate ${exact} <> 'NULL' then json_unquote(json_extract(${document}, ${pathNode(path)})) end)`,
    // The server finds an object inside the entries of a list too; a list contains lists and scalars only.
    contains: (document, value) =>
      template`(json_contains(${document}, ${containedNode(value)}) and (${bindNode(value.slot, isObject)} = 0 or convert(json_type(${document}) using utf8mb4) collate ${exact} = 'OBJECT'))`,
    length: (document) =>
      template`(case when convert(json_type(${document}) using utf8mb4) collate ${exact} = 'ARRAY' then json_length(${document}) end)`,
    compare: (document, path, operator, value) => compareJson(document, pathNode(path), operator, value, exact),
  });
}

/**
 * The JSON types have to be equal first: values of other types are unequal and have no order, and where the path leads nowhere nothing
 * matches. Numbers then compare as numbers, everything else as text.
 */
function compareJson(
  document: OperationNode,
  path: OperationNode,
  operator: ComparisonOperator,
  value: Parameter,
  collation: OperationNode,
): OperationNode {
  const found = template`json_extract(${document}, ${path})`;
  const type = template`(case convert(json_type(${found}) using utf8mb4) collate ${collation} when 'BOOLEAN' then 'boolean' when 'STRING' then 'string' when 'NULL' then 'null' when 'ARRAY' then 'array' when 'OBJECT' then 'object' when 'INTEGER' then 'number' when 'UNSIGNED INTEGER' then 'number' when 'DOUBLE' then 'number' when 'DECIMAL' then 'number' end)`;
  const typeTest = binary(type, operator === "<>" ? "<>" : "=", bindNode(value.slot, scalarType));
  const asNumber = binary(template`(json_unquote(${found}) + 0e0)`, operator, bindNode(value.slot, scalarNumber));
  const asText = binary(
    template`json_unquote(${found}) collate ${collation}`,
    operator,
    bindNode(value.slot, scalarText),
  );
  const valueTest = template`case ${bindNode(value.slot, scalarType)} when 'number' then ${asNumber} else ${asText} end`;
  return ParensNode.create(
    operator === "<>"
      ? template`${typeTest} or (${typeTestEqual(type, value)} and ${valueTest})`
      : template`${typeTest} and ${valueTest}`,
  );
}

function typeTestEqual(type: OperationNode, value: Parameter): OperationNode {
  return binary(type, "=", bindNode(value.slot, scalarType));
}

function binary(left: OperationNode, operator: ComparisonOperator, right: OperationNode): OperationNode {
  return BinaryOperationNode.create(left, OperatorNode.create(operator), right);
}

/** MariaDB finds nothing under a key that begins with a minus: refused, since finding nothing would be a lie. */
function pathWithoutMinus(path: unknown): string {
  const text = pathText(path);
  if (!Array.isArray(path) || !path.some((step) => typeof step === "string" && step.startsWith("-"))) return text;
  throw new InvalidValueError("MariaDB reaches no key of a document that begins with a minus.");
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

function isObject(value: unknown): number {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? 1 : 0;
}

function scalarType(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return typeof value;
  throw new InvalidValueError("A value inside a document is compared with a text, a number or a boolean.");
}

function scalarNumber(value: unknown): number {
  if (typeof value !== "number") return 0;
  if (Number.isFinite(value)) return value;
  throw new InvalidValueError("A value inside a document is compared with a finite number.");
}

function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}
