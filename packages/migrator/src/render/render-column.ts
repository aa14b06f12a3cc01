import type { ColumnType } from "@mortise/core/adapter";
import { isSame, type ColumnState, type DefaultState } from "@mortise/core/state";
import { call, literal, valueSource } from "./source-text.ts";

/** The call that makes a column's type, such as `string("email", 80)`; `undefined` where only the engine has words for it. */
export function typeCall(type: ColumnType | undefined, name: string): string | undefined {
  if (type === undefined) return undefined;
  const named = (method: string, ...more: readonly (string | undefined)[]) => call(method, literal(name), ...more);
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
    case "bigInteger":
      return `${named(type.kind)}${type.unsigned ? ".unsigned()" : ""}`;
    case "decimal":
      return named("decimal", maybe(type.precision), maybe(type.scale));
    case "string":
      return named("string", type.length === 255 ? undefined : String(type.length));
    case "char":
      return named("char", type.length === 1 ? undefined : String(type.length));
    case "time":
      return named("time", maybe(type.precision));
    case "datetime":
    case "timestamp":
      return named(type.kind, instantOptions(type));
    case "binary":
      return named("binary", maybe(type.length));
    case "enum":
      return named("enum", valueSource(type.values), type.native && `{ native: ${literal(type.native)} }`);
    case "set":
      return named("set", valueSource(type.values));
    case "specific":
      return named("specificType", valueSource(type.sqlType));
    case "geometry":
      return named(type.of);
    case "float":
    case "double":
    case "real":
    case "text":
    case "mediumText":
    case "longText":
    case "boolean":
    case "json":
    case "jsonb":
    case "date":
    case "uuid":
    case "ulid":
    case "inet":
    case "macaddr":
      return named(type.kind);
    default:
      return undefined;
  }
}

function maybe(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function instantOptions({ useTz, precision }: Extract<ColumnType, { useTz: boolean }>): string | undefined {
  const options = { ...(useTz ? {} : { useTz }), ...(precision === undefined ? {} : { precision }) };
  return Object.keys(options).length === 0 ? undefined : valueSource(options);
}

/** A column with its type, by the engine's own name of it where nothing else tells it. */
export function typeSource(column: ColumnState): string {
  const typed = column.managed ? typeCall(column.type, column.name) : undefined;
  return typed ?? call("specificType", literal(column.name), literal(column.databaseType ?? ""));
}

/** A new column, without its keys. */
export function newColumn(column: ColumnState, isKey: boolean): string {
  const counted = isKey && column.autoIncrement ? countedSource(column) : undefined;
  return [
    counted ?? typeSource(column),
    ...(counted === undefined && column.autoIncrement ? [".autoIncrement()"] : []),
    ...(column.nullable || isKey ? [] : [".notNullable()"]),
    ...(column.default === undefined ? [] : [defaultSource(column.default)]),
    ...generatedSource(column),
    ...(column.collation === undefined ? [] : [`.collate(${literal(column.collation)})`]),
    ...(column.comment === undefined ? [] : [`.comment(${literal(column.comment)})`]),
  ].join("");
}

function countedSource({ name, type }: ColumnState): string | undefined {
  if (type?.kind === "integer" && !type.unsigned) return call("increments", literal(name));
  return type?.kind === "bigInteger" && !type.unsigned ? call("bigIncrements", literal(name)) : undefined;
}

/** A column that is changed: its type, and what else is other than before. */
export function alteredColumn(from: ColumnState, to: ColumnState, normal: ColumnState): string {
  const nothing = (text: string | undefined) => (text === undefined ? "null" : literal(text));
  return [
    typeSource(to),
    ...(from.nullable === normal.nullable ? [] : [normal.nullable ? ".nullable()" : ".notNullable()"]),
    ...(isSame(from.default, normal.default)
      ? []
      : [to.default === undefined ? ".defaultTo(null)" : defaultSource(to.default)]),
    ...(from.autoIncrement === normal.autoIncrement ? [] : [`.autoIncrement(${normal.autoIncrement ? "" : "false"})`]),
    ...generatedSource(to),
    ...(from.collation === normal.collation ? [] : [`.collate(${nothing(to.collation)})`]),
    ...(from.comment === normal.comment ? [] : [`.comment(${nothing(to.comment)})`]),
    ".alter()",
  ].join("");
}

function generatedSource({ generated }: ColumnState): readonly string[] {
  if (generated === undefined) return [];
  const options = generated.stored ? undefined : "{ stored: false }";
  return [`.${call("generatedAs", literal(generated.expression), options)}`];
}

function defaultSource(state: DefaultState): string {
  if (state.kind === "value") return `.defaultTo(${valueSource(state.value)})`;
  if (/^\s*now\s*(\(\s*\))?\s*$/i.test(state.expression)) return ".defaultTo(schema.fn.now())";
  return `.defaultTo(schema.fn.sql(${literal(state.expression)}))`;
}
