import type { CheckState, TableState, UnmanagedState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { columnOf, isRequired, propertyOf } from "./bson-type.ts";
import { partsOf } from "./conjunction.ts";
import { fromText, isDocument, plainText, sortedQuery } from "./extended-json.ts";

/** The kind of a keyword of a validator that no model can say. It stays in the validator. */
const keyword = "validator keyword";

type Validated = Pick<TableState, "columns" | "checks" | "comment" | "unmanaged">;

/** The validator of a collection: its columns as `$jsonSchema`, and its checks beside it. A collection without rules has an empty one. */
export function validatorOf({ columns, checks, comment, unmanaged }: Validated): Document {
  const required = columns.filter(isRequired).map(({ name }) => name);
  const others = unmanaged.filter(({ kind }) => kind === keyword);
  const $jsonSchema = {
    bsonType: "object",
    ...(comment === undefined ? {} : { description: comment }),
    ...(required.length === 0 ? {} : { required }),
    ...(columns.length === 0
      ? {}
      : { properties: Object.fromEntries(columns.map((column) => [column.name, propertyOf(column)])) }),
    ...Object.fromEntries(others.map(({ name, definition }) => [name, fromText(definition ?? "null")])),
  };
  const isEmpty = Object.keys($jsonSchema).length === 1;
  const parts = [...(isEmpty ? [] : [{ $jsonSchema }]), ...checks.map(({ expression }) => checkOf(expression))];
  const [first, ...more] = parts;
  if (first === undefined) return {};
  return more.length === 0 ? first : { $and: parts };
}

function checkOf(expression: string): Document {
  const check = fromText(expression);
  return isDocument(check) ? check : {};
}

/** A validator as text, equal for validators that say the same. */
export function validatorText(table: Validated): string {
  return plainText(sortedQuery(validatorOf(table)));
}

/** The way back from a validator, whoever wrote it. */
export function readValidator(validator: unknown): Validated {
  const parts = isDocument(validator) ? partsOf(validator) : [];
  const at = parts.findIndex((part) => isDocument(part["$jsonSchema"]));
  const schema: unknown = parts[at]?.["$jsonSchema"];
  const checks = parts
    .filter((_, place) => place !== at)
    .map((part): CheckState => ({ name: undefined, expression: plainText(sortedQuery(part)) }));
  return { ...readSchema(isDocument(schema) ? schema : {}), checks };
}

function readSchema(schema: Document): Omit<Validated, "checks"> {
  const { description, required, properties, ...keywords } = schema;
  const others = Object.entries(keywords).filter(([name]) => name !== "bsonType");
  const needed = new Set(Array.isArray(required) ? required.map(String) : []);
  const rules = isDocument(properties) ? properties : {};
  const unruled = [...needed].filter((name) => !Object.hasOwn(rules, name));
  return {
    columns: [
      ...Object.entries(rules).map(([name, rule]) => columnOf(name, rule, needed.has(name))),
      ...unruled.map((name) => columnOf(name, {}, true)),
    ],
    comment: typeof description === "string" ? description : undefined,
    unmanaged: others.map(([name, value]): UnmanagedState => ({
      kind: keyword,
      name,
      definition: plainText(value),
    })),
  };
}
