import { isSame, type ColumnState, type TableState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { isDocument, plainText, sortedSchema } from "./extended-json.ts";
import { descriptionOf, noteOf } from "./field-note.ts";
import { parseRule, ruleText } from "./rule.ts";
import { ruleOfType } from "./type-rule.ts";

/** The rule of a column as one text, the form in which two columns compare. Empty lets all through. */
export function databaseType(column: ColumnState, { name }: TableState): string {
  if (column.databaseType !== undefined) return column.databaseType;
  if (column.type === undefined) return "";
  return ruleText(ruleOfType(column.type, { model: name, column: column.name }));
}

/** Stands for rules that the two sides of a column cannot tell: the field's own, as somebody else wrote them. */
const ownRules = "$property";

/** What a validator says of a field. */
export function propertyOf(column: ColumnState): Document {
  const { types, more } = parseRule(column.databaseType);
  const own: unknown = more[ownRules];
  if (isDocument(own)) return own;
  const labels: unknown = more["enum"];
  const description = descriptionOf(column);
  return {
    ...(types.length === 0 ? {} : { bsonType: column.nullable ? [...types, "null"] : types }),
    ...more,
    ...(Array.isArray(labels) && column.nullable ? { enum: [...labels, null] } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

/** Whether a field must be there. What is missing is read as null. */
export function isRequired(column: ColumnState): boolean {
  const { more } = parseRule(column.databaseType);
  const own: unknown = more["$required"];
  return typeof own === "boolean" ? own : !column.nullable;
}

/** The way back from a validator's field. */
export function columnOf(name: string, property: unknown, required: boolean): ColumnState {
  const rules = isDocument(property) ? property : {};
  const { bsonType, description, ...more } = rules;
  const all = typesOf(bsonType);
  const types = all.filter((one) => one !== "null");
  const nullable = !required || all.includes("null");
  const labels: unknown = more["enum"];
  const plain = Array.isArray(labels) && nullable ? { ...more, enum: labels.filter((label) => label !== null) } : more;
  const column: ColumnState = {
    name,
    type: undefined,
    databaseType: ruleText({ types, more: plain }),
    nullable,
    ...noteOf(description),
    generated: undefined,
    collation: undefined,
    renamedFrom: undefined,
    managed: true,
  };
  const isOurs = isSame(comparable(propertyOf(column)), comparable(rules)) && isRequired(column) === required;
  if (isOurs) return column;
  const own = ruleText({ types: [], more: { [ownRules]: rules, $required: required } });
  return { ...column, ...noteOf(undefined), databaseType: own };
}

/** Equal for rules that say the same: the order of types says nothing, and one type may stand without a list. */
function comparable(property: Document): string {
  const { bsonType, ...more } = property;
  return plainText(sortedSchema({ ...more, bsonType: typesOf(bsonType).toSorted() }));
}

function typesOf(given: unknown): readonly string[] {
  if (typeof given === "string") return [given];
  return Array.isArray(given) ? given.map(String) : [];
}
