import {
  derivedName,
  type CheckState,
  type ColumnState,
  type ForeignKeyState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import { newColumn, typeCall } from "./render-column.ts";
import { checkSource, foreignSource, indexSource, isPlainPart, referenceSource, uniqueSource } from "./render-keys.ts";
import { call, literal, tableSource, valueSource } from "./source-text.ts";

/** A table as the model asks for it, and the same in the database's normal form. */
export interface Pair {
  readonly asked: TableState | undefined;
  readonly normal: TableState;
}

/** The column in portable words where the model has some. */
export function askedColumn({ asked }: Partial<Pair>, normal: ColumnState): ColumnState {
  const column = asked?.columns.find(({ name }) => name === normal.name);
  return column === undefined ? normal : { ...column, databaseType: normal.databaseType };
}

/** The check in the model's words where it has some. */
export function askedCheck({ asked }: Partial<Pair>, normal: CheckState): CheckState {
  const check = asked?.checks.find(({ name }) => name === normal.name);
  return check === undefined || check.columns !== undefined ? normal : check;
}

/** Whether a check comes with the type of its column, so that nobody has to say it. */
export function isImplied({ asked, normal }: Pair, check: CheckState): boolean {
  if (asked === undefined || asked.checks.some(({ name }) => name === check.name)) return false;
  return asked.columns.some(
    (column) =>
      derivedName(normal.name, [column.name], "check") === check.name &&
      typeCall(column.type, column.name) !== undefined,
  );
}

/** `schema.createTable("users", (table) => { … });` */
export function createTableSource(pair: Pair): readonly string[] {
  const { asked, normal } = pair;
  const table = asked ?? normal;
  const columns = normal.columns.map((column) => columnSource(pair, askedColumn(pair, column)));
  const [only, another] = normal.primaryKey?.columns ?? [];
  const name = keyName(normal);
  const isSaid = only !== undefined && (another !== undefined || name !== undefined);
  const keys = [
    ...(isSaid ? [call("primary", valueSource(normal.primaryKey?.columns), name && literal(name))] : []),
    ...table.uniques.filter((one) => !isOfColumn(table, one)).map((one) => uniqueSource(table.name, one)),
    ...table.indexes.filter((index) => !isPlainIndex(table, index)).map((index) => indexSource(table.name, index)),
    ...table.foreignKeys.filter((key) => !isOfOneColumn(table, key)).map((key) => foreignSource(table.name, key)),
    ...normal.checks.filter((check) => !isImplied(pair, check)).map((check) => checkSource(askedCheck(pair, check))),
    ...optionsSource(table),
  ];
  return [
    `schema.createTable(${tableSource(normal)}, (table) => {`,
    ...[...columns, ...keys].map((line) => `  table.${line};`),
    "});",
  ];
}

/** The name of the primary key, where it is not the one that it gets anyway. */
function keyName({ name, primaryKey }: TableState): string | undefined {
  return primaryKey?.name === `${name}_pkey` ? undefined : primaryKey?.name;
}

/** A column of a new table, with the keys that stand on it alone. */
function columnSource({ asked, normal }: Pair, column: ColumnState): string {
  const table = asked ?? normal;
  const [only, another] = normal.primaryKey?.columns ?? [];
  const isKey = only === column.name && another === undefined;
  const source = newColumn(column, isKey);
  const isCounted = /^(increments|bigIncrements)\(/.test(source);
  const foreign = table.foreignKeys.find((key) => key.columns[0] === column.name && isOfOneColumn(table, key));
  return [
    source,
    isKey && !isCounted ? ".primary()" : "",
    table.uniques.some((one) => isOfColumn(table, one) && one.columns[0] === column.name) ? ".unique()" : "",
    table.indexes.some((one) => isPlainIndex(table, one) && one.columns[0]?.column === column.name) ? ".index()" : "",
    foreign === undefined ? "" : referenceSource(foreign),
  ].join("");
}

function isOfColumn(table: TableState, { name, columns, asIndex }: UniqueState): boolean {
  return asIndex !== true && columns.length === 1 && name === derivedName(table.name, columns, "unique");
}

function isPlainIndex(table: TableState, index: TableState["indexes"][number]): boolean {
  const [part, another] = index.columns;
  const isBare = !index.unique && index.where === undefined && index.method === undefined && index.include.length === 0;
  if (!isBare || part?.column === undefined || another !== undefined || !isPlainPart(part)) return false;
  return index.name === derivedName(table.name, [part.column], "index");
}

/** The first foreign key over a column alone stands behind it. */
function isOfOneColumn(table: TableState, key: ForeignKeyState): boolean {
  const first = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === key.columns[0]);
  return first === key && !key.deferrable && key.name === derivedName(table.name, key.columns, "foreign");
}

/** What is said of the table as a whole. */
export function optionsSource({ options, comment }: Pick<TableState, "options" | "comment">): readonly string[] {
  const { engine, charset, collation, strict, withoutRowid } = options;
  const said = {
    ...(engine === undefined ? {} : { engine }),
    ...(charset === undefined ? {} : { charset }),
    ...(collation === undefined ? {} : { collate: collation }),
    ...(strict === undefined ? {} : { strict }),
    ...(withoutRowid ? { withoutRowid } : {}),
  };
  return [
    ...(Object.keys(said).length === 0 ? [] : [call("options", valueSource(said))]),
    ...(comment === undefined ? [] : [call("comment", literal(comment))]),
  ];
}
