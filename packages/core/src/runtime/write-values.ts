import { InvalidValueError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry, SchemaRegistry } from "../model/relation.ts";
import { requireColumn } from "../model/require-column.ts";
import { generateIdentifier } from "./identifier.ts";
import { RowOfLists, type RowValues } from "./row-values.ts";

/** One row by property, as the caller gave it. */
type Data = Readonly<Record<string, unknown>>;

/** Copies the caller's data, so that hooks may change it and the caller's object stays as it is. */
export function copyData(info: ModelInfo, data: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...requireData(info, data) };
  for (const name of Object.keys(copy)) requireColumn(info, name);
  return copy;
}

export function requireData(info: ModelInfo, data: unknown): Data {
  if (isData(data)) return data;
  throw new InvalidValueError(`A write to model "${info.table}" needs an object of values.`, { model: info.table });
}

function isData(data: unknown): data is Data {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** The values an insert stores: the given ones and those that columns supply by themselves. */
export function insertValues(registry: SchemaRegistry, info: ModelInfo, data: Data): RowOfLists {
  return insertRowAfter(undefined, registry, info, data);
}

/** As `insertValues` for each row of a list. */
export function insertValuesOfAll(
  registry: SchemaRegistry,
  info: ModelInfo,
  list: readonly Data[],
): readonly RowOfLists[] {
  let last: RowOfLists | undefined;
  let alike: RowForm | undefined;
  return list.map((data) => {
    const row = alike && rowLike(alike, data);
    if (row !== undefined) return row;
    last = insertRowAfter(last, registry, info, data);
    alike = formOf(data, last.columns);
    return last;
  });
}

/** What rows of a list mostly share: the names that they give, and where each column finds its value among them. */
interface RowForm {
  readonly names: readonly string[];
  readonly columns: readonly ColumnInfo[];
}

/** The form of rows that give all of their values themselves. */
function formOf(data: Data, columns: readonly ColumnInfo[]): RowForm | undefined {
  const names = Object.keys(data);
  return names.length === columns.length ? { names, columns } : undefined;
}

/** The values of a row that gives the same names in the same order, of which none is absent. */
function rowLike({ names, columns }: RowForm, data: Data): RowOfLists | undefined {
  const own = Object.keys(data);
  if (own.length !== names.length || !own.every((name, at) => name === names[at])) return undefined;
  // A list of its full length from the start: one that grows is given room for many more.
  const values = columns.map(({ property }) => data[property]);
  return values.includes(undefined) ? undefined : new RowOfLists(columns, values);
}

/** Rows of a list mostly give the same columns: then they share the list of them. */
function insertRowAfter(
  last: RowOfLists | undefined,
  registry: SchemaRegistry,
  info: ModelInfo,
  data: Data,
): RowOfLists {
  checkGiven(info, data, isSupplied);
  const references = referencingColumns(registry);
  const known = last?.columns ?? [];
  let columns: ColumnInfo[] | undefined;
  const values: unknown[] = [];
  for (const column of info.columns.values()) {
    const given = givenValue(data, column);
    const value = given === undefined ? suppliedValue(column, references) : given;
    if (value === undefined) continue;
    if (columns === undefined && column !== known[values.length]) columns = known.slice(0, values.length);
    columns?.push(column);
    values.push(value);
  }
  return new RowOfLists(columns ?? (values.length === known.length ? known : known.slice(0, values.length)), values);
}

/** The values an update sets: the given ones and the automatic instants. */
export function updateValues(info: ModelInfo, data: Data): RowValues {
  checkGiven(info, data, (column) => column.definition.autoUpdate !== false);
  const values = new Map<ColumnInfo, unknown>();
  for (const column of info.columns.values()) {
    const given = givenValue(data, column);
    const { autoUpdate } = column.definition;
    if (given !== undefined) values.set(column, given);
    else if (autoUpdate !== false) values.set(column, automatic(column, autoUpdate));
  }
  return values;
}

/** What the caller gave for a column; `undefined` for nothing. */
function givenValue(data: Data, { property }: ColumnInfo): unknown {
  return Object.hasOwn(data, property) ? data[property] : undefined;
}

/** Refuses columns that nobody may write, and `undefined` where nothing else supplies the value. */
function checkGiven(info: ModelInfo, data: Data, mayBeAbsent: (column: ColumnInfo) => boolean): void {
  for (const name of Object.keys(data)) {
    const column = requireColumn(info, name);
    if (column.definition.generatedAs !== undefined) {
      throw new InvalidValueError(
        `Column "${name}" of model "${info.table}" is computed by the database and cannot be written.`,
        { model: info.table, column: name },
      );
    }
    if (givenValue(data, column) === undefined && !mayBeAbsent(column)) {
      throw new InvalidValueError(
        `The value for column "${name}" of model "${info.table}" is undefined. Use null, or leave the column out.`,
        { model: info.table, column: name },
      );
    }
  }
}

function isSupplied(column: ColumnInfo): boolean {
  const { generator, defaultTo, autoCreate, autoUpdate, increment } = column.definition;
  return (
    generator !== undefined || defaultTo !== undefined || autoCreate !== false || autoUpdate !== false || increment
  );
}

function suppliedValue(column: ColumnInfo, references: ReadonlySet<ColumnInfo>): unknown {
  const { generator, defaultTo, autoCreate, autoUpdate } = column.definition;
  if (defaultTo !== undefined) return defaultTo();
  if (autoCreate !== false) return automatic(column, autoCreate);
  if (autoUpdate !== false) return automatic(column, autoUpdate);
  if (generator === undefined || column.definition.default !== undefined || references.has(column)) return undefined;
  if (generator === "objectId" && !column.definition.primaryKey) return undefined;
  return generateIdentifier(generator);
}

function automatic(column: ColumnInfo, how: boolean | (() => unknown)): unknown {
  return typeof how === "function" ? how() : currentInstant(column);
}

/** The instant of the call in the form the column takes. */
export function currentInstant(column: ColumnInfo): unknown {
  const { type } = column.definition;
  const now = new Date();
  switch (type.kind) {
    case "date":
      return type.as === "string" ? now.toISOString().slice(0, 10) : now;
    case "datetime":
    case "timestamp":
      return type.as === "string" ? now.toISOString() : now;
    case "time":
      return type.as === "string" ? now.toISOString().slice(11, 23) : new Date(now.getTime() % 86_400_000);
    case "boolean":
      return true;
    case "string":
    case "char":
    case "text":
    case "mediumText":
    case "longText":
      return now.toISOString();
    case "bigInteger":
      return now.getTime();
    default:
      return now;
  }
}

const referencing = new WeakMap<SchemaRegistry, ReadonlySet<ColumnInfo>>();

/** Columns that point at other rows: their identifiers are never made up. */
function referencingColumns(registry: SchemaRegistry): ReadonlySet<ColumnInfo> {
  let columns = referencing.get(registry);
  if (columns === undefined) {
    columns = new Set(registry.entries.flatMap(foreignColumns));
    referencing.set(registry, columns);
  }
  return columns;
}

function foreignColumns(entry: SchemaEntry): readonly ColumnInfo[] {
  const physical = entry.info.foreignKeys.flatMap((key) => key.columns.map((name) => requireColumn(entry.info, name)));
  const branches = [...entry.morphs.values()].flatMap((morph) => morph.branches);
  return [...physical, ...[...entry.relations.values(), ...branches].flatMap((relation) => relation.pointers)];
}
