import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { afterAll, describe } from "vitest";
import { mongodb, type MongodbAdapter } from "./index.ts";

/**
 * Declares tests on the server of the environment, and none where it names no server, which the set-up of the tests tells. Every adapter
 * is on an empty database of its own, removed at the end.
 */
export function onServer(declare: (open: () => MongodbAdapter) => void): void {
  const url = process.env["TEST_MONGODB_URL"];
  describe.skipIf(url === undefined)("a MongoDB server", () => {
    const names: string[] = [];
    afterAll(async () => {
      if (url === undefined) return;
      const client = new MongoClient(url);
      for (const name of names) await client.db(name).dropDatabase();
      await client.close();
    });
    declare(() => {
      const database = `mortise_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
      names.push(database);
      return mongodb({ url: url ?? "", database });
    });
  });
}
