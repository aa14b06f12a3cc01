import type { ColumnDefinition } from "./column.ts";
import type { ColumnType } from "./column-type.ts";
import { SqlDefault } from "./column.ts";

/** The options of any helper, before they are checked by `defineModel`. */
export type RawOptions = Readonly<Record<string, unknown>>;

const optionNames: ReadonlySet<string> = new Set([
  "nullable",
  "default",
  "defaultTo",
  "databaseName",
  "renamedFrom",
  "hidden",
  "primaryKey",
  "unique",
  "index",
  "comment",
  "collation",
  "generatedAs",
  "autoCreate",
  "autoUpdate",
  "defaultNow",
  "serialize",
  "prepare",
]);

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function callback<A, R>(value: unknown): ((argument: A) => R) | undefined {
  return typeof value === "function" ? (argument) => Reflect.apply(value, undefined, [argument]) : undefined;
}

function thunk(value: unknown): (() => unknown) | undefined {
  return typeof value === "function" ? () => Reflect.apply(value, undefined, []) : undefined;
}

function instant(value: unknown): boolean | (() => unknown) {
  return thunk(value) ?? value === true;
}

function generated(value: unknown): ColumnDefinition["generatedAs"] {
  if (typeof value === "string") return { expression: value, stored: false };
  if (typeof value !== "object" || value === null || !("expression" in value)) return undefined;
  return { expression: String(value.expression), stored: "stored" in value && value.stored === true };
}

function databaseDefault(options: RawOptions): unknown {
  if (options["default"] !== undefined) return options["default"];
  return options["defaultNow"] === true ? new SqlDefault("now") : undefined;
}

/** One frozen column from a type, the caller's options, and what the helper itself fixes. */
export function columnDefinition(
  type: ColumnType,
  options: RawOptions = {},
  fixed: Partial<ColumnDefinition> = {},
  own: readonly string[] = [],
): ColumnDefinition {
  const unknown = Object.keys(options).filter((name) => !optionNames.has(name) && !own.includes(name));
  const primaryKey = options["primaryKey"] === true || fixed.primaryKey === true;
  return Object.freeze({
    type,
    nullable: !primaryKey && options["nullable"] !== false,
    default: databaseDefault(options),
    defaultTo: thunk(options["defaultTo"]),
    databaseName: text(options["databaseName"]),
    renamedFrom: text(options["renamedFrom"]),
    hidden: options["hidden"] === true,
    primaryKey,
    increment: false,
    unique: options["unique"] === true,
    index: options["index"] === true,
    comment: text(options["comment"]),
    collation: text(options["collation"]),
    generatedAs: generated(options["generatedAs"]),
    generator: undefined,
    autoCreate: instant(options["autoCreate"]),
    autoUpdate: instant(options["autoUpdate"]),
    softDelete: false,
    serialize: callback<unknown, unknown>(options["serialize"]),
    prepare: callback<unknown, unknown>(options["prepare"]),
    managed: true,
    ...fixed,
    unknownOptions: unknown,
  });
}
