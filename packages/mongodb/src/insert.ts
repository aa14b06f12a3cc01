import type { QueryResult } from "@mortise/core/adapter";
import { Long, type Db, type Document } from "mongodb";
import { counterCollection, type Conflict, type Counter, type Insert } from "./command.ts";
import type { CommandOptions } from "./connection.ts";
import { Now } from "./now.ts";
import { fill } from "./slot.ts";

/** Inserts documents, counting keys that nobody gave, and gives the rows that were asked for. */
export async function insertDocuments(
  db: Db,
  insert: Insert,
  values: readonly unknown[],
  options: CommandOptions,
): Promise<QueryResult> {
  const moment = new Date();
  const documents = insert.documents.map((template) =>
    Object.fromEntries(
      Object.entries(template).map(([field, value]) => [
        field,
        value instanceof Now ? moment : fill(value, ({ slot, make }) => make(values[slot])),
      ]),
    ),
  );
  if (insert.counter !== undefined) await countKeys(db, insert.counter, documents);
  const stored =
    insert.conflict === undefined
      ? await insertAll(db, insert, documents, options)
      : await upsertAll(db, insert, insert.conflict, documents, options);
  return {
    rows: stored.map((document) => insert.returning.map((field) => document[field] ?? null)),
    affected: stored.length,
  };
}

async function insertAll(
  db: Db,
  { collection }: Insert,
  documents: Document[],
  options: CommandOptions,
): Promise<readonly Document[]> {
  const [only, ...others] = documents;
  if (only === undefined) return [];
  if (others.length === 0) await db.collection(collection).insertOne(only, options);
  else await db.collection(collection).insertMany(documents, options);
  return documents;
}

/**
 * The counter of a key is a document of its own. It is moved outside of the transaction, as sequences are: writers do not wait for one
 * another, and a number that was taken is never given again.
 */
async function countKeys(db: Db, { field, name, given }: Counter, documents: readonly Document[]): Promise<void> {
  const counters = db.collection<{ _id: string; value: Long }>(counterCollection);
  if (given) {
    const highest = documents.map((document) => BigInt(document[field])).reduce((a, b) => (a > b ? a : b));
    await counters.updateOne({ _id: name }, { $max: { value: Long.fromBigInt(highest) } }, { upsert: true });
    return;
  }
  const by = BigInt(documents.length);
  const counted = await counters.findOneAndUpdate(
    { _id: name },
    { $inc: { value: Long.fromBigInt(by) } },
    { upsert: true, returnDocument: "after" },
  );
  const last = BigInt(String(counted?.value));
  for (const [at, document] of documents.entries()) document[field] = last - by + BigInt(at) + 1n;
}

async function upsertAll(
  db: Db,
  insert: Insert,
  conflict: Conflict,
  documents: readonly Document[],
  options: CommandOptions,
): Promise<readonly Document[]> {
  const stored: Document[] = [];
  for (const document of documents) {
    const one = await upsertOne(db, insert, conflict, document, options);
    if (one !== undefined) stored.push(one);
  }
  return stored;
}

/** One atomic command. Without anything to update it tells only of a document that it inserted. */
async function upsertOne(
  db: Db,
  { collection }: Insert,
  { fields, update }: Conflict,
  document: Document,
  options: CommandOptions,
): Promise<Document | undefined> {
  const documents = db.collection(collection);
  if (fields.some((field) => document[field] === null || document[field] === undefined)) {
    await documents.insertOne(document, options);
    return document;
  }
  const filter = Object.fromEntries(fields.map((field) => [field, { $eq: document[field] }]));
  const others = Object.entries(document).filter(([field]) => !fields.includes(field) && !update.includes(field));
  const $setOnInsert = Object.fromEntries(others);
  if (update.length === 0) {
    const { upsertedCount } = await documents.updateOne(filter, { $setOnInsert }, { ...options, upsert: true });
    return upsertedCount === 1 ? document : undefined;
  }
  const $set = Object.fromEntries(update.map((field) => [field, document[field]]));
  const changes = others.length === 0 ? { $set } : { $set, $setOnInsert };
  const after = await documents.findOneAndUpdate(filter, changes, {
    ...options,
    upsert: true,
    returnDocument: "after",
  });
  return after ?? undefined;
}
