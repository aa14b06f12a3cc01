import type { IndexState, SchemaState, TableState, UniqueState } from "@mortise/core/state";
import type { Db, Document } from "mongodb";
import { columnOf } from "./bson-type.ts";
import { isOwnCollection } from "./own-collections.ts";

/** The collections of a database as tables: fields from their validators, keys from their indexes. */
export async function inspect(db: Db): Promise<SchemaState> {
  const tables: TableState[] = [];
  const collections = await db.listCollections().toArray();
  for (const info of collections) {
    if (info.type !== "collection" || info.name.startsWith("system.") || isOwnCollection(info.name)) continue;
    const { options = {} }: Document = info;
    const indexes = await db.collection(info.name).listIndexes().toArray();
    tables.push(tableOf(info.name, options["validator"]?.$jsonSchema, indexes));
  }
  return { tables, enums: [], unmanaged: [] };
}

function tableOf(name: string, schema: Document | undefined, indexes: readonly Document[]): TableState {
  const required = new Set<unknown>(schema?.["required"]);
  const properties: Document = schema?.["properties"] ?? {};
  const columns = Object.entries(properties).map(([field, property]) => columnOf(field, property, required.has(field)));
  const others = indexes.filter((index) => index["name"] !== "_id_");
  return {
    name,
    namespace: undefined,
    columns,
    primaryKey: Object.hasOwn(properties, "_id") ? { columns: ["_id"], name: undefined } : undefined,
    uniques: others
      .filter(isUnique)
      .map((index): UniqueState => ({ name: index["name"], columns: Object.keys(index["key"]) })),
    indexes: others.filter((index) => !isUnique(index)).map(indexOf),
    foreignKeys: [],
    checks: [],
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: undefined,
    renamedFrom: undefined,
    unmanaged: [],
  };
}

function isUnique(index: Document): boolean {
  return index["unique"] === true;
}

function indexOf(index: Document): IndexState {
  const parts = Object.entries<unknown>(index["key"]).map(([column, order]) => ({
    column,
    expression: undefined,
    order: order === -1 ? ("desc" as const) : ("asc" as const),
    collation: undefined,
    length: undefined,
    nulls: undefined,
    operatorClass: undefined,
  }));
  return {
    name: index["name"],
    unique: false,
    columns: parts,
    where: undefined,
    method: undefined,
    include: [],
    nullsNotDistinct: false,
  };
}
