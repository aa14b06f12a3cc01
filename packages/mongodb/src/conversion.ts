import type { ColumnState, TypeChange } from "@mortise/core/state";
import type { Document } from "mongodb";
import { parseRule, type Rule } from "./rule.ts";

/** The types whose values become values of another type without loss. What does not fit is left, and the check of documents tells of it. */
const sources: Readonly<Record<string, readonly string[]>> = {
  string: ["int", "long", "decimal", "objectId", "date"],
  long: ["int", "string"],
  decimal: ["int", "long", "string"],
  double: ["int", "string"],
  objectId: ["string"],
  date: ["string"],
};

/** Which type a field gets, where it may have several. */
const preferred = ["decimal", "double", "long", "int", "string", "objectId", "date"] as const;

/** An expression for a value in the types of a new rule, or `undefined` where nothing is to be converted. */
export function conversionTo(field: string, from: string | undefined, to: string | undefined): Document | undefined {
  const wanted = parseRule(to).types;
  const target = preferred.find((type) => wanted.includes(type));
  if (target === undefined || parseRule(from).types.every((type) => wanted.includes(type) && from !== "")) {
    return undefined;
  }
  const known = (sources[target] ?? []).filter((type) => !wanted.includes(type));
  if (known.length === 0) return undefined;
  const converted = { $convert: { input: field, to: target, onError: field, onNull: field } };
  return { $cond: [{ $in: [{ $type: field }, known] }, converted, field] };
}

/** A rule that lets everything through that the old one did asks nothing of documents. Values are never lost: what does not fit is refused. */
export function typeChange(from: ColumnState, to: ColumnState): TypeChange {
  return widens(parseRule(from.databaseType), parseRule(to.databaseType)) ? "widening" : "rewrite";
}

function widens(from: Rule, to: Rule): boolean {
  const keepsTypes =
    to.types.length === 0 || (from.types.length > 0 && from.types.every((type) => to.types.includes(type)));
  return (
    keepsTypes && Object.entries(to.more).every(([keyword, value]) => isLooser(keyword, from.more[keyword], value))
  );
}

function isLooser(keyword: string, from: unknown, to: unknown): boolean {
  if (from === undefined) return false;
  if (keyword === "maxLength" || keyword === "maximum") return Number(from) <= Number(to);
  if (keyword === "minLength" || keyword === "minimum") return Number(from) >= Number(to);
  if (keyword === "enum" && Array.isArray(from) && Array.isArray(to)) return from.every((one) => to.includes(one));
  return JSON.stringify(from) === JSON.stringify(to);
}
