import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import type { Db, Document } from "mongodb";
import { renameIn } from "./check-text.ts";
import type { Compiled } from "./command.ts";
import { MongodbConnection } from "./connection.ts";
import { typeChange } from "./conversion.ts";
import { mongodbError } from "./errors.ts";
import { shortText } from "./extended-json.ts";
import { inspect } from "./introspect.ts";
import { mongodbJournal } from "./journal.ts";
import { breakLease, withLease } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { typesOf } from "./read-type.ts";
import { requireReady } from "./ready.ts";
import { render } from "./render-change.ts";
import { rewrite } from "./rewrite.ts";
import { runCommand } from "./run-command.ts";
import { commandsOf, takesAway } from "./script.ts";
import { supports } from "./supports.ts";

type WithDb = <T>(body: (db: Db) => Promise<T>) => Promise<T>;

/** The migration side of the MongoDB adapter. Its statements are database commands, each of which commits by itself. */
export function mongodbSchema(handle: Pick<AdapterHandle<Compiled>, "withConnection">): SchemaAdapter<Document> {
  return schemaAdapter((body) =>
    handle.withConnection(async (connection) => {
      if (!(connection instanceof MongodbConnection)) throw new TypeError("The handle belongs to another adapter.");
      return body(connection.db);
    }),
  );
}

/** `requireLease` is asked before every command of what runs under the lock. */
function schemaAdapter(lend: WithDb, requireLease: () => void = () => undefined): SchemaAdapter<Document> {
  const withDb: WithDb = (body) =>
    lend(async (db) => {
      try {
        return await body(db);
      } catch (error) {
        throw mongodbError(error, undefined);
      }
    });
  const adapter: SchemaAdapter<Document> = {
    name: "MongoDB",
    stepsCommit: true,
    openColumns: true,
    inspect: () => withDb(inspect),
    normalise: async (state) => normaliseState(state),
    typesOf,
    foldName: (name) => name,
    renameIn,
    supports,
    rewrite,
    ready: (changes) => withDb((db) => requireReady(db, changes)),
    render,
    typeChange,
    locks: () => [],
    countRows: (probe) => withDb((db) => countRows(db, probe)),
    databaseName: () => withDb(async (db) => db.databaseName),
    journal: mongodbJournal(withDb),
    script: commandsOf,
    takesAway,
    describe: shortText,
    run: (command) =>
      withDb(async (db) => {
        requireLease();
        await runCommand(db, command);
      }),
    atomic: (body) => body(adapter),
    lock: (name, body) =>
      lend((db) => withLease(db, name, (stillHeld) => body(schemaAdapter((inner) => inner(db), stillHeld)))),
    unlock: (name) => withDb((db) => breakLease(db, name)),
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
      const known = Object.fromEntries(rows.columns.map((column) => [column, { $ne: null }]));
      const fields = Object.fromEntries(rows.columns.map((column, at) => [`k${at}`, `$${column}`]));
      const groups = [
        { $match: known },
        { $group: { _id: fields, rows: { $sum: 1 } } },
        { $match: { rows: { $gt: 1 } } },
      ];
      const [found] = await collection
        .aggregate([...groups, { $group: { _id: null, rows: { $sum: "$rows" } } }])
        .toArray();
      return Number(found?.["rows"] ?? 0);
    }
  }
}
