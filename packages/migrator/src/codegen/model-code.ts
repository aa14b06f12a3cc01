import {
  derivedName,
  type ForeignKeyState,
  type IndexColumn,
  type IndexState,
  type UniqueState,
} from "@mortise/core/state";
import { call, entry, list, literal, print, propertyKey, record, type Code } from "./code.ts";
import { columnCode } from "./column-code.ts";
import type { PulledModel } from "./pulled.ts";

/** The text of a model's file. */
export function modelSource(model: PulledModel): string {
  const code = modelCode(model);
  const text = print(code);
  const helpers = ["col", "defineModel", ...(usesSqlDefault(model) ? ["sqlDefault"] : [])];
  return `import { ${helpers.join(", ")} } from "@mortise/core";\n\n${text};\n`;
}

function usesSqlDefault({ columns }: PulledModel): boolean {
  return columns.some((column) => column.default?.kind === "sql");
}

function modelCode(model: PulledModel): Code {
  const { table } = model;
  const collation = table.options.collation;
  const columns = model.columns.map((column) =>
    entry(
      propertyKey(column.property),
      columnCode(column, {
        primaryKey: isOnlyKey(model, column.state.name),
        inKey: table.primaryKey?.columns.includes(column.state.name) === true,
        unique: table.uniques.some((unique) => isMark(model, unique, column.state.name)),
        index: table.indexes.some((index) => isPlainMark(model, index, column.state.name)),
        collation: column.state.collation === collation ? undefined : column.state.collation,
      }),
    ),
  );
  const definition = record(
    {
      columns: { head: "", open: "{", items: columns, tall: true },
      primaryKey: primaryKeyCode(model),
      indexes: many([
        ...table.indexes.filter((index) => !isMarkOfAny(model, index)).map((index) => indexCode(model, index)),
        ...table.uniques.flatMap((unique) => (unique.asIndex === true ? uniqueIndexCode(model, unique) : [])),
      ]),
      uniques: many(
        table.uniques
          .filter((unique) => unique.asIndex !== true && !isUniqueMark(model, unique))
          .map((unique) => uniqueCode(model, unique)),
      ),
      checks: many(model.checks.map((check) => checkCode(check))),
      foreignKeys: many(model.foreignKeys.map((key) => foreignKeyCode(model, key))),
      options: optionsCode(model),
    },
    true,
  );
  const made = call("defineModel", literal(table.name), definition);
  return typeof made === "string" ? made : { ...made, head: `export const ${model.name} = ${made.head}` };
}

function many(items: readonly Code[]): Code | undefined {
  return items.length === 0 ? undefined : list(items);
}

export function propertyOf({ columns }: PulledModel, name: string): string {
  return columns.find(({ state }) => state.name === name)?.property ?? name;
}

function names(model: PulledModel, columns: readonly string[]): Code {
  return list(columns.map((column) => literal(propertyOf(model, column))));
}

function isOnlyKey({ table: { primaryKey } }: PulledModel, column: string): boolean {
  return primaryKey?.columns.length === 1 && primaryKey.columns[0] === column;
}

/** The name that the engine gives a key by itself is left to it. */
function primaryKeyCode(model: PulledModel): Code | undefined {
  const { primaryKey, name: table } = model.table;
  if (primaryKey === undefined) return undefined;
  const { name } = primaryKey;
  if (name !== undefined && name !== `${table}_pkey`) {
    return record({ columns: names(model, primaryKey.columns), name: literal(name) });
  }
  return primaryKey.columns.length > 1 ? names(model, primaryKey.columns) : undefined;
}

/** A unique key over one column that has the name we would give it is a mark of the column. */
function isMark({ table }: PulledModel, { name, columns, asIndex }: UniqueState, column: string): boolean {
  if (asIndex === true) return false;
  const isUnnamed = name === undefined || name === derivedName(table.name, columns, "unique");
  return isUnnamed && columns.length === 1 && columns[0] === column && table.primaryKey?.columns.join() !== column;
}

function isUniqueMark(model: PulledModel, unique: UniqueState): boolean {
  return unique.columns.some((column) => isMark(model, unique, column));
}

function isPlainMark({ table }: PulledModel, index: IndexState, column: string): boolean {
  const [part, another] = index.columns;
  const isPlain =
    part !== undefined &&
    another === undefined &&
    isPlainPart(part) &&
    !index.unique &&
    index.where === undefined &&
    index.method === undefined &&
    index.include.length === 0 &&
    !index.nullsNotDistinct;
  return isPlain && part.column === column && index.name === derivedName(table.name, [column], "index");
}

function isMarkOfAny(model: PulledModel, index: IndexState): boolean {
  return index.columns.some(({ column }) => column !== undefined && isPlainMark(model, index, column));
}

function isPlainPart({ column, order, collation, length, nulls, operatorClass }: IndexColumn): boolean {
  return (
    column !== undefined &&
    order === "asc" &&
    [collation, length, nulls, operatorClass].every((one) => one === undefined)
  );
}

function indexCode(model: PulledModel, index: IndexState): Code {
  const columns = list(index.columns.map((part) => partCode(model, part)));
  const parts = index.columns.map(({ column }) => column ?? "expression");
  const derived = derivedName(model.table.name, parts, index.unique ? "unique" : "index");
  const options = {
    name: index.name === derived ? undefined : literal(index.name),
    unique: index.unique ? "true" : undefined,
    where: index.where === undefined ? undefined : literal(index.where),
    type: index.method === undefined ? undefined : literal(index.method),
    include: index.include.length === 0 ? undefined : names(model, index.include),
    nullsNotDistinct: index.nullsNotDistinct ? "true" : undefined,
  };
  const isBare = Object.values(options).every((option) => option === undefined);
  return isBare ? columns : record({ columns, ...options });
}

function partCode(model: PulledModel, part: IndexColumn): Code {
  if (isPlainPart(part)) return literal(propertyOf(model, part.column ?? ""));
  return record({
    column: part.column === undefined ? undefined : literal(propertyOf(model, part.column)),
    expression: part.expression === undefined ? undefined : literal(part.expression),
    length: part.length === undefined ? undefined : String(part.length),
    collation: part.collation === undefined ? undefined : literal(part.collation),
    operatorClass: part.operatorClass === undefined ? undefined : literal(part.operatorClass),
    order: part.order === "desc" ? literal(part.order) : undefined,
    nulls: part.nulls === undefined ? undefined : literal(part.nulls),
  });
}

function uniqueCode(model: PulledModel, { name, columns }: UniqueState): Code {
  const isUnnamed = name === undefined || name === derivedName(model.table.name, columns, "unique");
  return isUnnamed ? names(model, columns) : record({ columns: names(model, columns), name: literal(name) });
}

function uniqueIndexCode(model: PulledModel, { name, columns }: UniqueState): Code {
  const derived = derivedName(model.table.name, columns, "unique");
  return record({
    columns: names(model, columns),
    name: name === undefined || name === derived ? undefined : literal(name),
    unique: "true",
  });
}

function checkCode({ name, expression }: PulledModel["checks"][number]): Code {
  return name === undefined ? literal(expression) : record({ expression: literal(expression), name: literal(name) });
}

function foreignKeyCode(model: PulledModel, key: ForeignKeyState): Code {
  const { references } = key;
  return record({
    columns: names(model, key.columns),
    references: record({ table: literal(references.table), columns: list(references.columns.map(literal)) }),
    ...constraintOptions(model, key),
  });
}

/** What a foreign key says beside its columns. */
export function constraintOptions({ table }: PulledModel, key: ForeignKeyState): Record<string, Code | undefined> {
  const isUnnamed = key.name === undefined || key.name === derivedName(table.name, key.columns, "foreign");
  return {
    onDelete: key.onDelete === "no action" ? undefined : literal(key.onDelete),
    onUpdate: key.onUpdate === "no action" ? undefined : literal(key.onUpdate),
    name: isUnnamed ? undefined : literal(key.name),
    deferrable: key.deferrable ? "true" : undefined,
  };
}

function optionsCode({ table, convention }: PulledModel): Code | undefined {
  const { strict, withoutRowid, engine, charset, collation } = table.options;
  const text = (value: string | undefined): Code | undefined => (value === undefined ? undefined : literal(value));
  const options = {
    databaseCaseConvention: convention === "snake" ? undefined : literal(convention),
    schema: text(table.namespace),
    comment: text(table.comment),
    strict: strict === false ? "false" : undefined,
    withoutRowid: withoutRowid ? "true" : undefined,
    engine: text(engine),
    charset: text(charset),
    collation: text(collation),
  };
  return Object.values(options).every((option) => option === undefined) ? undefined : record(options);
}
