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

const isFlag = (value: unknown) => typeof value === "boolean";
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const isFunction = (value: unknown) => typeof value === "function";
const isOneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    values.some((one) => one === value);

/** What options must be, where a wrong one would pass for one that was left out. */
const expected: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  nullable: [isFlag, "true or false"],
  hidden: [isFlag, "true or false"],
  primaryKey: [isFlag, "true or false"],
  unique: [isFlag, "true or false"],
  index: [isFlag, "true or false"],
  defaultNow: [isFlag, "true or false"],
  unsigned: [isFlag, "true or false"],
  useTz: [isFlag, "true or false"],
  databaseName: [isText, "a text"],
  renamedFrom: [isText, "a text"],
  comment: [isText, "a text"],
  collation: [isText, "a text"],
  native: [isText, "a text"],
  length: [isNumber, "a number"],
  precision: [isNumber, "a number"],
  scale: [isNumber, "a number"],
  defaultTo: [isFunction, "a function"],
  serialize: [isFunction, "a function"],
  prepare: [isFunction, "a function"],
  autoCreate: [(value) => isFlag(value) || isFunction(value), "true, false or a function"],
  autoUpdate: [(value) => isFlag(value) || isFunction(value), "true, false or a function"],
  as: [isOneOf("date", "string"), `"date" or "string"`],
};

const modes: Readonly<Record<string, readonly string[]>> = {
  bigInteger: ["auto", "number", "bigint"],
  decimal: ["number", "string"],
};

/** The first option with a value that it cannot have, as the end of a sentence. */
function wrongOption({ kind }: ColumnType, options: RawOptions, own: readonly string[]): string | undefined {
  const known = modes[kind] ?? [];
  if (own.includes("mode") && options["mode"] !== undefined && !isOneOf(...known)(options["mode"])) {
    return `has the option "mode", which must be one of ${known.join(", ")}.`;
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(expected, name) ? expected[name] : undefined;
    if (rule === undefined || value === undefined || !(optionNames.has(name) || own.includes(name))) continue;
    const [fits, what] = rule;
    if (!fits(value)) return `has the option "${name}", which must be ${what}.`;
  }
  return undefined;
}

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

/** What a helper decides by itself. */
export type FixedOptions = Partial<
  Pick<ColumnDefinition, "primaryKey" | "nullable" | "increment" | "generator" | "softDelete" | "managed">
>;

/** One frozen column from a type, the caller's options, and what the helper itself fixes. Written out, so that all have one shape. */
export function columnDefinition(
  type: ColumnType,
  options: RawOptions = {},
  fixed: FixedOptions = {},
  own: readonly string[] = [],
): ColumnDefinition {
  const primaryKey = options["primaryKey"] === true || fixed.primaryKey === true;
  return Object.freeze({
    type,
    nullable: fixed.nullable ?? (!primaryKey && options["nullable"] !== false),
    default: databaseDefault(options),
    defaultTo: thunk(options["defaultTo"]),
    databaseName: text(options["databaseName"]),
    renamedFrom: text(options["renamedFrom"]),
    hidden: options["hidden"] === true,
    primaryKey: fixed.primaryKey ?? primaryKey,
    increment: fixed.increment ?? false,
    unique: options["unique"] === true,
    index: options["index"] === true,
    comment: text(options["comment"]),
    collation: text(options["collation"]),
    generatedAs: generated(options["generatedAs"]),
    generator: fixed.generator,
    autoCreate: instant(options["autoCreate"]),
    autoUpdate: instant(options["autoUpdate"]),
    softDelete: fixed.softDelete ?? false,
    serialize: callback<unknown, unknown>(options["serialize"]),
    prepare: callback<unknown, unknown>(options["prepare"]),
    managed: fixed.managed ?? true,
    unknownOptions: Object.keys(options).filter((name) => !optionNames.has(name) && !own.includes(name)),
    wrongOption: wrongOption(type, options, own),
  });
}
