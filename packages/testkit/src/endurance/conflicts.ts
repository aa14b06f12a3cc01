import { expect, it } from "vitest";
import { enduranceTimeout } from "./effort.ts";
import { Account } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceTarget } from "./target.ts";

/** A place where two meet, the first time each comes by. */
function meeting(): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    arrived += 1;
    if (arrived === 2) open();
    await both;
  };
}

/** Transactions that cannot both go through at once, on an engine that runs several: running again brings both to their end. */
export function conflicts(target: EnduranceTarget): void {
  it(
    "two transactions that wait for each other both commit",
    async () => {
      await using db = await openWith(target, [0, 0]);
      const meet = meeting();
      let attempts = 0;
      const cross = (first: number, second: number) =>
        db.transaction(
          async (tx) => {
            attempts += 1;
            await tx.from(Account).where("id", first).increment("amount", 1);
            await meet();
            await tx.from(Account).where("id", second).increment("amount", 1);
          },
          { retry: 10 },
        );
      await Promise.all([cross(0, 1), cross(1, 0)]);
      expect(await db.from(Account).orderBy("id").pluck("amount")).toEqual([2, 2]);
      expect(attempts).toBeGreaterThan(2);
    },
    enduranceTimeout,
  );
  it(
    "two serializable transactions that read what the other writes are one after the other",
    async () => {
      await using db = await openWith(target, [1, 1]);
      const meet = meeting();
      let attempts = 0;
      // Each may leave while the other one stays.
      const leave = (id: number) =>
        db.transaction(
          async (tx) => {
            attempts += 1;
            const present = await tx.from(Account).where("amount", 1).count();
            await meet();
            if (present > 1) await tx.from(Account).where("id", id).update({ amount: 0 });
          },
          { isolation: "serializable", retry: 10 },
        );
      await Promise.all([leave(0), leave(1)]);
      expect(await db.from(Account).where("amount", 1).count()).toBe(1);
      expect(attempts).toBeGreaterThan(2);
    },
    enduranceTimeout,
  );
}

async function openWith(target: EnduranceTarget, amounts: readonly number[]): Promise<EnduranceDatabase> {
  const db = await openEndurance(target, 2);
  await db.from(Account).insertMany(amounts.map((amount, id) => ({ id, amount })));
  return db;
}
