import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { breakLease, withLease } from "./lock.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

describe.skipIf(process.env["TEST_MONGODB_URL"] === undefined)("a lease", () => {
  const database = openTestDatabase();
  afterAll(() => database.remove());
  const short = { length: 600, patience: 5000 };

  test("has one holder at a time, and is kept alive for longer than it lasts", () =>
    database.lend(async (db) => {
      let inside = 0;
      const most: number[] = [];
      const body = async (requireLease: () => void) => {
        inside += 1;
        most.push(inside);
        await wait(3500);
        requireLease();
        inside -= 1;
      };
      await Promise.all([1, 2].map(() => withLease(db, "one", body, { length: 2500, patience: 30_000 })));
      expect(most).toEqual([1, 1]);
    }));

  test("is taken over when its holder is gone, and not before it has run out", () =>
    database.lend(async (db) => {
      const start = performance.now();
      await db
        .collection<{ _id: string; holder: string; until: Date }>("mortise_locks")
        .insertOne({ _id: "two", holder: "dead", until: new Date(Date.now() + 1500) });
      await withLease(db, "two", async () => undefined, short);
      expect(performance.now() - start).toBeGreaterThan(1000);
    }));

  test("that was taken away stops its holder before the next command", () =>
    database.lend(async (db) => {
      const lost = withLease(
        db,
        "three",
        async (requireLease) => {
          await breakLease(db, "three");
          await withLease(db, "three", () => wait(700), short);
          requireLease();
        },
        short,
      );
      await expect(lost).rejects.toThrow("The lease on this database was lost");
    }));

  test("that nobody gives up is an error with the way out", () =>
    database.lend((db) =>
      withLease(db, "four", async () => {
        const second = withLease(db, "four", async () => undefined, { length: 600, patience: 300 });
        await expect(second).rejects.toMatchObject({ code: "DATABASE_BUSY" });
        expect(await breakLease(db, "four")).toBe(true);
        expect(await breakLease(db, "four")).toBe(false);
      }),
    ));
});
