import type { ColumnType } from "../model/column-type.ts";
import type { SchemaState, TableState } from "./schema-state.ts";

/** The name of a table with its namespace, as messages and maps use it. */
export function qualifiedName(table: { readonly name: string; readonly namespace: string | undefined }): string {
  return table.namespace === undefined ? table.name : `${table.namespace}.${table.name}`;
}

/**
 * A text that is equal for equal values: object keys sorted, `undefined` left out, bigints and bytes told apart from texts.
 *
 * `canonicalText({ b: 1, a: undefined })` is `{"b":1}`.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${Array.from(value).join(",")}`;
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`);
  return `{${fields.join(",")}}`;
}

/** True when two pieces of a state say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** What of a type is in the database: how the application reads it (`as`, `mode`) and its keys are left out. */
export function physicalType(type: ColumnType): object {
  switch (type.kind) {
    case "bigInteger":
    case "decimal":
      return { ...type, mode: undefined };
    case "date":
    case "datetime":
    case "timestamp":
    case "time":
      return { ...type, as: undefined };
    case "array":
      return { ...type, inner: physicalType(type.inner) };
    case "encrypted":
      return { kind: type.kind };
    default:
      return type;
  }
}

/**
 * One order for everything that has no order of its own, for comparing and printing states.
 * Columns keep theirs: their order is the table's.
 */
export function sortState(state: SchemaState): SchemaState {
  return {
    tables: state.tables.map(sortTable).toSorted(by(qualifiedName)),
    enums: state.enums.toSorted(by(qualifiedName)),
    unmanaged: state.unmanaged.toSorted(by(canonicalText)),
  };
}

function sortTable(table: TableState): TableState {
  return {
    ...table,
    uniques: table.uniques.toSorted(by(canonicalText)),
    indexes: table.indexes.toSorted(by(canonicalText)),
    foreignKeys: table.foreignKeys.toSorted(by(canonicalText)),
    checks: table.checks.toSorted(by(canonicalText)),
    unmanaged: table.unmanaged.toSorted(by(canonicalText)),
  };
}

function by<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
