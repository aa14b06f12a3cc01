import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { BSON, type Db, type Document } from "mongodb";
import type { Compiled } from "./command.ts";
import { MongodbConnection } from "./connection.ts";
import { mongodbError } from "./errors.ts";
import { inspect } from "./introspect.ts";
import { mongodbJournal } from "./journal.ts";
import { breakLease, withLease } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { render, supports } from "./render-change.ts";

/** The migration side of the MongoDB adapter. Its statements are database commands. */
export function mongodbSchema(handle: Pick<AdapterHandle<Compiled>, "withConnection">): SchemaAdapter<Document> {
  const withDb = <T>(body: (db: Db) => Promise<T>): Promise<T> =>
    handle.withConnection(async (connection) => {
      if (!(connection instanceof MongodbConnection)) throw new TypeError("The handle belongs to another adapter.");
      return body(connection.db);
    });
  const telling = <T>(body: (db: Db) => Promise<T>): Promise<T> =>
    withDb(async (db) => {
      try {
        return await body(db);
      } catch (error) {
        throw mongodbError(error, undefined);
      }
    });
  const adapter: SchemaAdapter<Document> = {
    name: "MongoDB",
    stepsCommit: true,
    inspect: () => telling(inspect),
    normalise: async (state) => normaliseState(state),
    foldName: (name) => name,
    renameIn: (expression) => expression,
    supports,
    render,
    typeChange: () => "lossy",
    locks: () => [],
    countRows: (probe) => telling((db) => countRows(db, probe)),
    journal: mongodbJournal(telling),
    script: () => [],
    describe: (command) => BSON.EJSON.stringify(command),
    run: (command) => telling(async (db) => void (await db.command(command))),
    atomic: (body) => body(adapter),
    lock: (name, body) => withDb((db) => withLease(db, name, () => body(adapter))),
    unlock: (name) => telling((db) => breakLease(db, name)),
    close: async () => undefined,
  };
  return adapter;
}

async function countRows(db: Db, { table, rows }: RowProbe): Promise<number> {
  const collection = db.collection(table);
  switch (rows.of) {
    case "all":
      return collection.countDocuments();
    case "null":
      return collection.countDocuments({ [rows.column]: null });
    case "notNull":
      return collection.countDocuments({ [rows.column]: { $ne: null } });
    case "value":
      return collection.countDocuments({ [rows.column]: { $eq: rows.value } });
    case "duplicates": {
      const fields = Object.fromEntries(rows.columns.map((column, at) => [`k${at}`, `$${column}`]));
      const groups = [{ $group: { _id: fields, rows: { $sum: 1 } } }, { $match: { rows: { $gt: 1 } } }];
      const [found] = await collection
        .aggregate([...groups, { $group: { _id: null, rows: { $sum: "$rows" } } }])
        .toArray();
      return Number(found?.["rows"] ?? 0);
    }
  }
}
