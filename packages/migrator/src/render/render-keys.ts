import {
  derivedName,
  type CheckState,
  type ForeignKeyState,
  type IndexColumn,
  type IndexState,
  type UniqueState,
} from "@mortise/core/state";
import { call, literal, namesSource, tableSource, valueSource } from "./source-text.ts";

/** What a name says beyond the one that is derived anyway. */
function ownName(name: string | undefined, derived: string): string | undefined {
  return name === undefined || name === derived ? undefined : literal(name);
}

/** One that is made as an index says so, for engines that tell the two apart. */
export function uniqueSource(table: string, { name, columns, asIndex }: UniqueState): string {
  if (asIndex === true) {
    const own = literal(name ?? derivedName(table, columns, "unique"));
    return call("index", namesSource(columns), own, valueSource({ unique: true }));
  }
  return call("unique", namesSource(columns), ownName(name, derivedName(table, columns, "unique")));
}

export function indexSource(table: string, index: IndexState): string {
  const suffix = index.unique ? "unique" : "index";
  const parts = index.columns.map(({ column }) => column ?? "expression");
  const options = {
    ...(index.unique ? { unique: true } : {}),
    ...(index.where === undefined ? {} : { where: index.where }),
    ...(index.method === undefined ? {} : { type: index.method }),
    ...(index.include.length === 0 ? {} : { include: index.include }),
    ...(index.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
  };
  const columns = index.columns.map(partSource);
  return call(
    "index",
    columns.length === 1 && columns[0]?.startsWith('"') === true ? columns[0] : `[${columns.join(", ")}]`,
    ownName(index.name, derivedName(table, parts, suffix)),
    Object.keys(options).length === 0 ? undefined : valueSource(options),
  );
}

function partSource(part: IndexColumn): string {
  const { column, expression, order, collation, length, nulls, operatorClass } = part;
  if (column !== undefined && isPlainPart(part)) return literal(column);
  return valueSource({
    ...(column === undefined ? {} : { column }),
    ...(expression === undefined ? {} : { expression }),
    ...(order === "asc" ? {} : { order }),
    ...(collation === undefined ? {} : { collation }),
    ...(length === undefined ? {} : { length }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(operatorClass === undefined ? {} : { operatorClass }),
  });
}

/** A part that says nothing beyond its column. */
export function isPlainPart({ order, collation, length, nulls, operatorClass }: IndexColumn): boolean {
  return order === "asc" && [collation, length, nulls, operatorClass].every((one) => one === undefined);
}

/** The end of a foreign key, which also stands behind its column. */
export function referenceSource(key: ForeignKeyState): string {
  const { references, onDelete, onUpdate, deferrable } = key;
  return [
    `.references(${namesSource(references.columns)})`,
    `.inTable(${tableSource({ name: references.table, namespace: references.namespace })})`,
    onDelete === "no action" ? "" : `.onDelete(${literal(onDelete)})`,
    onUpdate === "no action" ? "" : `.onUpdate(${literal(onUpdate)})`,
    deferrable ? ".deferrable()" : "",
  ].join("");
}

export function foreignSource(table: string, key: ForeignKeyState): string {
  const name = ownName(key.name, derivedName(table, key.columns, "foreign"));
  return `${call("foreign", namesSource(key.columns), name)}${referenceSource(key)}`;
}

export function checkSource({ name, expression }: CheckState): string {
  return call("check", literal(expression), name === undefined ? undefined : literal(name));
}

/** How a key is dropped: by its name, or by its columns where it has none. */
export function dropSource(
  method: "dropIndex" | "dropUnique" | "dropForeign",
  name: string | undefined,
  columns: readonly string[],
): string {
  return name === undefined ? call(method, valueSource(columns)) : call(method, literal(name));
}
