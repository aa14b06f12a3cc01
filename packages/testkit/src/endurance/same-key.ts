import { expect, it } from "vitest";
import { enduranceTimeout } from "./effort.ts";
import { Entry } from "./models.ts";
import { openEndurance, type EnduranceTarget } from "./target.ts";

/** Many callers want the one row of a key at once. */
export function sameKey(target: EnduranceTarget): void {
  it(
    "64 callers of firstOrCreate on one key get one row",
    async () => {
      await using db = await openEndurance(target, 16);
      for (const label of ["a", "b", "c", "d", "e"]) {
        const callers = Array.from({ length: 64 }, (_, n) => db.from(Entry).firstOrCreate({ label }, { n }));
        const rows = await Promise.all(callers);
        const [stored] = await db.from(Entry).where({ label }).many();
        expect(rows).toEqual(rows.map(() => stored));
      }
      expect(await db.from(Entry).count()).toBe(5);
    },
    enduranceTimeout,
  );
  it(
    "64 callers of insertMany get each their own rows",
    async () => {
      await using db = await openEndurance(target, 16);
      const inserting = Array.from({ length: 64 }, (_, caller) =>
        db.from(Entry).insertMany(Array.from({ length: 25 }, () => ({ n: caller }))),
      );
      const lists = await Promise.all(inserting);
      for (const [n, rows] of lists.entries()) expect(rows.map((row) => row.n)).toEqual(rows.map(() => n));
      const ids = lists.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(64 * 25);
      const stored = await db.from(Entry).whereIn("id", ids).orderBy("id").many();
      expect(lists.flat().toSorted((one, other) => one.id - other.id)).toEqual(stored);
    },
    enduranceTimeout,
  );
}
