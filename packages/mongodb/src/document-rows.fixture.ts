import { gateTable, type OwnRows } from "@mortise/testkit";
import type { Document } from "mongodb";
import { counterCollection } from "./command.ts";
import { countersOf } from "./render-change.ts";
import { exactText, sortedKeys } from "./extended-json.ts";
import type { TestDatabase } from "./test-database.fixture.ts";

/** Rows that more than one document has, and keys that were counted. */
export function documentRows(database: TestDatabase): OwnRows {
  const text = { bsonType: ["string", "null"] };
  return {
    makeGate: (count) =>
      database.lend(async (db) => {
        const properties = { _id: { bsonType: ["int"] }, name: text };
        await db.createCollection(gateTable, { validator: { $jsonSchema: { required: ["_id"], properties } } });
        const rows = Array.from({ length: count }, (_, at) => ({ _id: at + 1, name: "one" }));
        if (count > 0) await db.collection<{ _id: number }>(gateTable).insertMany(rows);
      }),
    fillPushed: () =>
      database.lend(async (db) => {
        const keys = [1n, 2n, 3n];
        const users = keys.map((_id) => ({ _id, name: `user ${_id}`, email: `${_id}@example.com` }));
        await db.collection<{ _id: bigint }>("users").insertMany(users);
        const posts = keys.map((_id) => ({ _id, title: `post ${_id}`, user_id: 1 }));
        await db.collection<{ _id: bigint }>("posts").insertMany(posts);
        const counters = ["users._id", "posts._id"].map((_id) => ({ _id, value: 3n }));
        await db.collection<{ _id: string }>(counterCollection).insertMany(counters);
      }),
    describe: (table) =>
      database.lend(async (db) => {
        const documents: readonly Document[] = await db.collection(table).find().sort({ _id: 1 }).toArray();
        const counters: readonly Document[] = await db
          .collection(counterCollection)
          .find(countersOf(table))
          .sort({ _id: 1 })
          .toArray();
        const lines = documents.map((document) => exactText(sortedKeys(timeless(document))));
        return [...lines, `counters ${exactText(counters)}`].join("\n  ");
      }),
  };
}

/** Journals say when a migration was made, and from what text. */
function timeless({ made_at: _at, checksum: _text, done_hash: _hash, ...document }: Document): Document {
  return document;
}
