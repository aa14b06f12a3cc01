import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { runLockTimeouts } from "@mortise/testkit";
import { expect, it } from "vitest";
import { onServers, openDatabase } from "./servers.fixture.ts";

const users = (unique: boolean) =>
  createSchema({
    users: defineModel("users", { columns: { id: col.increment(), name: col.string({ length: 9, unique }) } }),
  });

onServers((server) => {
  runLockTimeouts({
    name: server.name,
    shared: async () => {
      const database = await openDatabase(server);
      return { open: () => database.adapter(), remove: () => database.remove() };
    },
  });

  it("gives up a plan whose rows cannot be counted", async () => {
    const database = await openDatabase(server);
    try {
      await using other = createDatabase(users(false), database.adapter());
      await push(other);
      await using db = createDatabase(users(true), database.adapter());
      const start = performance.now();
      await other.transaction(async (inside) => {
        await inside.raw("lock table users in access exclusive mode");
        await expect(push(db, { lockTimeout: 500 })).rejects.toThrow(
          /^The plan could not be made\. Another session holds a lock on a table .* Nothing was changed\.$/,
        );
      });
      expect(performance.now() - start).toBeLessThan(10_000);
      expect((await push(db, { lockTimeout: 500 })).changes).toHaveLength(1);
    } finally {
      await database.remove();
    }
  });
});
