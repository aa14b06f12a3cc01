import { assertNever, type ColumnType } from "@mortise/core/adapter";
import { Decimal128, type Document } from "mongodb";
import { parseRule, type Rule } from "./rule.ts";
import { typeRow } from "./types.ts";

/** The rule of a logical type: its BSON types, and what an SQL engine would hold values to by the column's declaration. */
export function ruleOfType(type: ColumnType, place: { readonly model: string; readonly column: string }): Rule {
  if (type.kind === "specific") return specificRule(type.sqlType);
  const types = typeRow(type, place).bson;
  return { types, more: types.length === 0 ? {} : keywordsOf(type, place) };
}

/** The rule in MongoDB's own words, `string {"minLength":3}`; one of several engines under the name of this one. */
function specificRule(text: string | Readonly<Record<string, string>>): Rule {
  const own = typeof text === "string" ? text : Object.hasOwn(text, "mongodb") ? text["mongodb"] : "";
  return parseRule(own);
}

const integerBits = { tinyInteger: 8, smallInteger: 16, mediumInteger: 24, integer: 32 } as const;

const patterns = {
  uuid: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  ulid: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
  date: "^[+-]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}$",
  time: "^[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?$",
} as const;

function keywordsOf(type: ColumnType, place: { readonly model: string; readonly column: string }): Document {
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return rangeOf(integerBits[type.kind], type.unsigned);
    case "bigInteger":
      return type.unsigned ? { minimum: 0 } : {};
    case "decimal":
      return decimalRange(type.precision, type.scale);
    case "string":
    case "char":
      return { maxLength: type.length };
    case "uuid":
    case "ulid":
    case "date":
    case "time":
      return { pattern: patterns[type.kind] };
    case "enum":
      return { enum: [...type.values] };
    case "set":
      return { items: { bsonType: ["string"], enum: [...type.values] }, uniqueItems: true };
    case "array":
      return entriesOf(ruleOfType(type.inner, place));
    case "any":
    case "json":
    case "jsonb":
    case "float":
    case "double":
    case "real":
    case "text":
    case "mediumText":
    case "longText":
    case "boolean":
    case "datetime":
    case "timestamp":
    case "objectId":
    case "binary":
    case "inet":
    case "macaddr":
    case "tsvector":
    case "range":
    case "vector":
    case "geometry":
    case "specific":
    case "encrypted":
      return {};
    default:
      return assertNever(type);
  }
}

function rangeOf(bits: number, unsigned: boolean): Document {
  return unsigned
    ? { minimum: 0, maximum: 2 ** bits - 1 }
    : { minimum: -(2 ** (bits - 1)), maximum: 2 ** (bits - 1) - 1 };
}

/** The largest number of so many digits. Digits behind the point are counted where a value is written. */
function decimalRange(precision: number | undefined, scale = 0): Document {
  if (precision === undefined || precision > 34) return {};
  const fraction = scale === 0 ? "" : `.${"9".repeat(scale)}`;
  const most = `${"9".repeat(precision - scale) || "0"}${fraction}`;
  return { minimum: Decimal128.fromString(`-${most}`), maximum: Decimal128.fromString(most) };
}

/** Entries of a list may be null. */
function entriesOf({ types, more }: Rule): Document {
  if (types.length === 0) return {};
  const labels: unknown = more["enum"];
  return {
    items: {
      ...more,
      bsonType: [...types.toSorted(), "null"],
      ...(Array.isArray(labels) ? { enum: [...labels, null] } : {}),
    },
  };
}
