import { mongodbAdapter, type MongodbAdapter } from "./adapter.ts";
import type { MongodbOptions } from "./options.ts";

export { addToSet, inc, pull, push } from "./column-changes.ts";
export type { MongodbAdapter } from "./adapter.ts";
export type { CollectionDoor } from "./collection-door.ts";
export type { Compiled } from "./command.ts";
export type { MongodbOptions } from "./options.ts";
export type { StoredDocument } from "./stored-document.ts";

/**
 * Keeps the data in MongoDB: `createDatabase(schema, mongodb({ url: "mongodb://localhost:27017", database: "app" }))`.
 *
 * The primary key of a model is the `_id` of its documents. A standalone server has no transactions, and says so when one begins.
 */
export function mongodb(options: MongodbOptions): MongodbAdapter {
  return mongodbAdapter(options);
}
