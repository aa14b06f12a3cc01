import type { JournalEntry, JournalStore } from "@mortise/core/state";
import type { Db } from "mongodb";

type Stored = Omit<JournalEntry, "name"> & { readonly _id: string };

/** The journal of migrations as a collection, one document for each. */
export function mongodbJournal(withDb: <T>(body: (db: Db) => Promise<T>) => Promise<T>): JournalStore {
  const entries = (db: Db, table: string) => db.collection<Stored>(table);
  return {
    create: (table) =>
      withDb(async (db) => {
        const there = await db.listCollections({ name: table }).toArray();
        if (there.length === 0) await db.createCollection(table);
      }),
    read: (table) =>
      withDb(async (db) => {
        const stored = await entries(db, table).find().sort({ _id: 1 }).toArray();
        return stored.map(({ _id, ...entry }) => ({ ...entry, name: _id, batch: Number(entry.batch) }));
      }),
    insert: (table, { name, ...entry }) =>
      withDb(async (db) => void (await entries(db, table).insertOne({ _id: name, ...entry }))),
    update: (table, { name, ...entry }) =>
      withDb(async (db) => void (await entries(db, table).updateOne({ _id: name }, { $set: entry }))),
    remove: (table, name) => withDb(async (db) => void (await entries(db, table).deleteOne({ _id: name }))),
  };
}
