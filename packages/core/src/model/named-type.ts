import type { ColumnType } from "./column-type.ts";
import type { TypeName } from "./column-options.ts";

const types: Readonly<Record<TypeName, ColumnType>> = {
  integer: { kind: "integer", unsigned: false },
  bigInteger: { kind: "bigInteger", unsigned: false, mode: "auto" },
  string: { kind: "string", length: 255 },
  text: { kind: "text" },
  boolean: { kind: "boolean" },
  double: { kind: "double" },
  decimal: { kind: "decimal", precision: undefined, scale: undefined, mode: "number" },
  json: { kind: "json" },
  date: { kind: "date", as: "date" },
  datetime: { kind: "datetime", as: "date", useTz: true, precision: undefined },
  uuid: { kind: "uuid" },
  ulid: { kind: "ulid" },
  binary: { kind: "binary", length: undefined },
};

/** The logical type behind `type: "string"` or `type: { sql: "…" }`; `undefined` where none is named. */
export function namedType(name: unknown): ColumnType | undefined {
  if (typeof name === "string") {
    return Object.hasOwn(types, name) ? types[name as TypeName] : { kind: "specific", sqlType: name };
  }
  if (typeof name === "object" && name !== null && "sql" in name)
    return { kind: "specific", sqlType: String(name.sql) };
  return undefined;
}
