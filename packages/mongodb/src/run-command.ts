import { MongoServerError, type Db, type Document } from "mongodb";
import { counterCollection } from "./command.ts";
import { countersOf } from "./render-change.ts";

const missingCollection = 26;
const missingIndex = 27;
const collectionThere = 48;

/**
 * Runs a command of a migration. One that an earlier run made before it was cut off, and could not write down any more, is taken as made:
 * what shall be dropped is gone, what shall be renamed has its new name, what shall be there has its rules.
 */
export async function runCommand(db: Db, command: Document): Promise<void> {
  try {
    if (typeof command["create"] === "string") await dropStrayCounters(db, command["create"]);
    await send(db, command);
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    await settle(db, command, error);
  }
}

/** A run that was cut off right behind a drop or a rename left the counters of a collection that is gone: a new one begins with 1. */
async function dropStrayCounters(db: Db, name: string): Promise<void> {
  if (await isThere(db, name)) return;
  await db.command({ delete: counterCollection, deletes: [{ q: countersOf(name), limit: 0 }] });
}

async function settle(db: Db, command: Document, error: MongoServerError): Promise<void> {
  if (command["dropIndexes"] !== undefined && error.code === missingIndex) return;
  if (command["drop"] !== undefined && error.code === missingCollection) return;
  if (command["create"] !== undefined && error.code === collectionThere) {
    await db.command({ collMod: command["create"], validator: command["validator"] ?? {} });
    return;
  }
  const renamed: unknown = command["renameCollection"] === undefined ? undefined : command["to"];
  if (typeof renamed === "string" && error.code === missingCollection && (await isThere(db, renamed))) return;
  throw error;
}

async function isThere(db: Db, name: string): Promise<boolean> {
  return (await db.listCollections({ name }, { nameOnly: true }).toArray()).length > 0;
}

/** Collections are renamed by the server's own database, under their full names. An update tells its failures in the answer. */
async function send(db: Db, command: Document): Promise<void> {
  const { renameCollection: from, to, ...more } = command;
  if (typeof from === "string" && typeof to === "string") {
    const full = (name: string): string => `${db.databaseName}.${name}`;
    await db.admin().command({ renameCollection: full(from), to: full(to), ...more });
    return;
  }
  const answer = await db.command(command);
  const [failed]: readonly Document[] = answer["writeErrors"] ?? [];
  if (failed !== undefined) throw new MongoServerError(failed);
}
