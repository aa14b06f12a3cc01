import type { ColumnState, TableState } from "@mortise/core/state";
import { typeRow } from "./types.ts";

/** The BSON types of a column as one text, the form in which two columns compare: `int long`. Empty lets all through. */
export function databaseType(column: ColumnState, { name }: TableState): string {
  if (column.databaseType !== undefined) return column.databaseType;
  if (column.type === undefined) return "";
  return typeRow(column.type, { model: name, column: column.name }).bson.toSorted().join(" ");
}

/** What a validator says of a field. */
export function propertyOf({ databaseType: type, nullable }: ColumnState): Readonly<Record<string, unknown>> {
  if (type === undefined || type === "") return { description: "any" };
  const types = type.split(" ");
  return { bsonType: nullable ? [...types, "null"] : types };
}

/** The way back from a validator's field. A field that must be there cannot be null only if its types say so. */
export function columnOf(name: string, property: unknown, required: boolean): ColumnState {
  const types = bsonTypes(property);
  const named = types.filter((one) => one !== "null").toSorted();
  return {
    name,
    type: undefined,
    databaseType: named.join(" "),
    nullable: named.length === 0 ? !required : types.includes("null"),
    default: undefined,
    autoIncrement: false,
    generated: undefined,
    collation: undefined,
    comment: undefined,
    renamedFrom: undefined,
    managed: true,
  };
}

function bsonTypes(property: unknown): readonly string[] {
  if (typeof property !== "object" || property === null) return [];
  const given: unknown = Reflect.get(property, "bsonType");
  if (typeof given === "string") return [given];
  return Array.isArray(given) ? given.map(String) : [];
}
