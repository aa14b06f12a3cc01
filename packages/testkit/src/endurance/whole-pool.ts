import { expect } from "vitest";
import { Account } from "./models.ts";
import type { EnduranceDatabase, EnduranceTarget } from "./target.ts";

/** The pool is whole, and the server has no session beyond it and nothing to do. An engine without a server has no pool either. */
export async function expectNothingLeft(
  db: EnduranceDatabase,
  { server }: EnduranceTarget,
  max: number,
): Promise<void> {
  if (server === undefined) return expectWholePool(db, 1);
  await expectWholePool(db, max);
  // A session that was ended may take a moment to go.
  await expect.poll(() => server.sessions(), { timeout: 5000 }).toBeLessThanOrEqual(max);
  await expect.poll(() => server.running(), { timeout: 5000 }).toBe(0);
}

/** Every connection of the pool can be had at the same time, so that none was lost. */
export async function expectWholePool(db: EnduranceDatabase, max: number): Promise<void> {
  let held = 0;
  let open: () => void = () => undefined;
  const allHeld = new Promise<void>((resolve) => {
    open = resolve;
  });
  const hold = () =>
    db.transaction(async (tx) => {
      await tx.from(Account).count();
      held += 1;
      if (held === max) open();
      await allHeld;
    });
  await Promise.all(Array.from({ length: max }, hold));
  expect(held).toBe(max);
}
