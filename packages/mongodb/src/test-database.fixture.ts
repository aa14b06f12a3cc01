import { randomUUID } from "node:crypto";
import { MongoClient, type Db } from "mongodb";
import { afterAll, describe, type TestOptions } from "vitest";
import { mongodb, type MongodbAdapter } from "./index.ts";

/** A database of one test alone. */
export interface TestDatabase {
  readonly name: string;
  adapter(): MongodbAdapter;
  /** Lends the driver's own view of the database. */
  lend<T>(body: (db: Db) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** For files with many transactions: the tests' server may give one up and keep what it wrote, so that the next attempt meets it. */
export const losesTransactions: TestOptions = { retry: 2 };

/** Makes a database on the server of the environment. MongoDB itself makes it when something is written. */
export function openTestDatabase(): TestDatabase {
  const url = process.env["TEST_MONGODB_URL"] ?? "";
  const name = `mortise_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const lend = async <T>(body: (db: Db) => Promise<T>): Promise<T> => {
    const client = new MongoClient(url, { useBigInt64: true });
    try {
      return await body(client.db(name));
    } finally {
      await client.close();
    }
  };
  return {
    name,
    adapter: () => mongodb({ url, database: name }),
    lend,
    remove: () => lend(async (db) => void (await db.dropDatabase())),
  };
}

/**
 * Declares tests on the server of the environment, and none where it names no server, which the set-up of the tests tells. Every adapter
 * is on an empty database of its own, removed at the end.
 */
export function onServer(declare: (open: () => MongodbAdapter) => void, options: TestOptions = {}): void {
  describe.skipIf(process.env["TEST_MONGODB_URL"] === undefined)("a MongoDB server", options, () => {
    const opened: TestDatabase[] = [];
    afterAll(async () => {
      for (const database of opened) await database.remove();
    });
    declare(() => {
      const database = openTestDatabase();
      opened.push(database);
      return database.adapter();
    });
  });
}
