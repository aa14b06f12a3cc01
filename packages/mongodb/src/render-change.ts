import type { Change, IndexState, TableState, UniqueState, Unsupported } from "@mortise/core/state";
import type { Document } from "mongodb";
import { propertyOf } from "./bson-type.ts";

/** Whether a change can be made. */
export function supports(change: Change): true | Unsupported {
  switch (change.kind) {
    case "createTable":
      return change.table.indexes.map(indexRefusal).find((one) => one !== true) ?? true;
    case "createIndex":
      return indexRefusal(change.index);
    case "dropTable":
    case "dropIndex":
    case "dropUnique":
      return true;
    default:
      return {
        reason: `MongoDB cannot be migrated by "${change.kind}" yet: change the collection with db.command of the driver.`,
      };
  }
}

function indexRefusal({ name, columns, where, method, include }: IndexState): true | Unsupported {
  const isPlain = columns.every(
    (part) => part.column !== undefined && part.length === undefined && part.collation === undefined,
  );
  if (isPlain && where === undefined && method === undefined && include.length === 0) return true;
  return { reason: `The index "${name}" has parts that only SQL has: on MongoDB it takes fields and their order.` };
}

/** The commands of a change. */
export function render(change: Change): readonly Document[] {
  switch (change.kind) {
    case "createTable":
      return createCollection(change.table);
    case "dropTable":
      return [{ drop: change.table.name }];
    case "createIndex":
      return [{ createIndexes: change.table, indexes: [indexOf(change.index)] }];
    case "dropIndex":
      return [{ dropIndexes: change.table, index: change.index.name }];
    case "dropUnique":
      return [{ dropIndexes: change.table, index: change.unique.name }];
    default:
      return [];
  }
}

function createCollection(table: TableState): readonly Document[] {
  const managed = table.columns.filter(({ managed: isManaged }) => isManaged);
  const properties = Object.fromEntries(managed.map((column) => [column.name, propertyOf(column)]));
  const required = managed.filter(({ nullable }) => !nullable).map(({ name }) => name);
  const $jsonSchema = { bsonType: "object", ...(required.length === 0 ? {} : { required }), properties };
  const indexes = [...table.uniques.map((unique) => uniqueIndex(unique, table)), ...table.indexes.map(indexOf)];
  const create = { create: table.name, validator: { $jsonSchema } };
  return indexes.length === 0 ? [create] : [create, { createIndexes: table.name, indexes }];
}

function indexOf({ name, columns }: IndexState): Document {
  return { name, key: Object.fromEntries(columns.map(({ column, order }) => [column, order === "desc" ? -1 : 1])) };
}

/** Rows with null are as many as one likes, as SQL has it: the index leaves documents out that have null in a field of the key. */
function uniqueIndex({ name, columns }: UniqueState, table: TableState): Document {
  const nullable = table.columns.filter((column) => columns.includes(column.name) && column.nullable);
  const filters = nullable.map((column) => [
    column.name,
    { $type: (column.databaseType ?? "").split(" ").filter((one) => one !== "") },
  ]);
  const partial = filters.length === 0 ? {} : { partialFilterExpression: Object.fromEntries(filters) };
  return { name, unique: true, key: Object.fromEntries(columns.map((column) => [column, 1])), ...partial };
}
