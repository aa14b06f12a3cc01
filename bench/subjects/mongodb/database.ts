import { MongoClient, type Document } from "mongodb";
import { seedDocuments } from "../../workloads/documents.ts";

export interface Seeded {
  readonly database: string;
  readonly client: MongoClient;
  /** Puts right what a turn left behind; `left` is a name of `resets.ts`. */
  readonly exec: (left: string) => Promise<void>;
}

/** A database of this subject alone, with the collections and their documents, and a client of its own to look after it. */
export async function seededDatabase(server: string, subject: string): Promise<Seeded> {
  const database = `mortise_bench_${subject}`;
  const client = await MongoClient.connect(server, { maxPoolSize: 1 });
  const db = client.db(database);
  await db.dropDatabase();
  for (const [name, documents] of Object.entries(seedDocuments())) {
    for (let at = 0; at < documents.length; at += 1000) {
      await db
        .collection<Document>(name)
        .insertMany(documents.slice(at, at + 1000).map((one): Document => ({ ...one })));
    }
  }
  await db.collection("posts").createIndex({ user_id: 1 });
  await db.collection("comments").createIndex({ post_id: 1 });
  await db.collection("post_tags").createIndex({ post_id: 1 });
  await db.collection("post_tags").createIndex({ tag_id: 1 });
  const users = db.collection<{ _id: number; name: string }>("users");
  const renamed = async () => {
    for await (const { _id } of users.find({ name: /^Renamed/ })) {
      await users.updateOne({ _id }, { $set: { name: `User ${_id}` } });
    }
  };
  const notes = async () => {
    await db.collection("notes").deleteMany({});
    await db.collection("mortise_counters").deleteMany({});
  };
  return { database, client, exec: (left) => (left === "notes" ? notes() : renamed()) };
}
