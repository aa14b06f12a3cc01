import type { JournalEntry, JournalStore } from "@mortise/core/state";
import { MongoServerError, type Db, type Document } from "mongodb";

/** The fields of an entry as every engine calls them, by which a journal is known whatever its name. */
const fields = {
  name: "name",
  batch: "batch",
  done: "done",
  total: "total",
  checksum: "checksum",
  doneHash: "done_hash",
  madeAt: "made_at",
} as const;

/** The journal of migrations as a collection, one document for each. */
export function mongodbJournal(withDb: <T>(body: (db: Db) => Promise<T>) => Promise<T>): JournalStore {
  const entries = (db: Db, table: string) => db.collection<{ _id: string }>(table);
  return {
    create: (table) => withDb((db) => createJournal(db, table)),
    read: (table) =>
      withDb(async (db) => {
        const stored: readonly Document[] = await entries(db, table).find().sort({ _id: 1 }).toArray();
        return stored.map(entryOf);
      }),
    insert: (table, entry) =>
      withDb(async (db) => void (await entries(db, table).insertOne({ _id: entry.name, ...stored(entry) }))),
    update: (table, entry) =>
      withDb(async (db) => void (await entries(db, table).replaceOne({ _id: entry.name }, stored(entry)))),
    remove: (table, name) => withDb(async (db) => void (await entries(db, table).deleteOne({ _id: name }))),
  };
}

async function createJournal(db: Db, table: string): Promise<void> {
  const there = await db.listCollections({ name: table }, { nameOnly: true }).toArray();
  if (there.length > 0) return;
  const names = Object.values(fields);
  const properties = Object.fromEntries(names.map((name) => [name, {}]));
  try {
    await db.createCollection(table, {
      validator: { $jsonSchema: { bsonType: "object", required: names, properties } },
    });
  } catch (error) {
    // Another runner has made it meanwhile.
    if (!(error instanceof MongoServerError && error.code === 48)) throw error;
  }
}

function stored({ found, ...entry }: JournalEntry): Document {
  const named = Object.entries(fields).map(([property, field]) => [field, Reflect.get(entry, property)]);
  return { ...Object.fromEntries(named), ...(found === undefined ? {} : { found }) };
}

function entryOf(document: Document): JournalEntry {
  const text = (field: string): string => String(document[field]);
  return {
    name: text(fields.name),
    batch: Number(document[fields.batch]),
    done: Number(document[fields.done]),
    total: Number(document[fields.total]),
    checksum: text(fields.checksum),
    doneHash: text(fields.doneHash),
    madeAt: text(fields.madeAt),
    found: typeof document["found"] === "string" ? document["found"] : undefined,
  };
}
