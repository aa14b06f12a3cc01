import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { lawColumns, lawRows, openLaws, refill, type LawDatabase, type LawQuery } from "./law-database.ts";
import { addTerms, lawFilter } from "./law-filter.ts";

/** However a result is cut, the pieces are the whole: cursor pages, offset pages, chunks and streams. */
export function pageLaws(target: Target): void {
  describe("pages", () => {
    let laws: LawDatabase;
    beforeAll(async () => void (laws = await openLaws(target.open)));
    afterAll(() => laws.db.close());
    for (const [name, body] of Object.entries(bodies)) {
      it(
        name,
        () =>
          check(
            fc.asyncProperty(
              lawRows,
              lawFilter,
              order,
              fc.integer({ min: 1, max: 7 }),
              async (rows, terms, orders, perPage) => {
                await refill(laws, rows);
                await body(addTerms(ordered(laws.query, orders), terms), perPage, orders);
              },
            ),
            120,
          ),
        lawTimeout,
      );
    }
  });
}

interface Order {
  readonly column: string;
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last" | undefined;
}

const order: Arbitrary<readonly Order[]> = fc.uniqueArray(
  fc.record({
    column: fc.constantFrom("id", ...Object.keys(lawColumns)),
    direction: fc.constantFrom("asc", "desc"),
    nulls: fc.constantFrom("first", "last", undefined),
  }),
  { maxLength: 3, selector: (one) => one.column },
);

function ordered(query: LawQuery, orders: readonly Order[]): LawQuery {
  return orders.reduce((at, { column, direction, nulls }) => at.orderBy(column, direction, nulls && { nulls }), query);
}

/** What a page by cursor appends: the primary key, in the direction of the last order. */
function whole(query: LawQuery, orders: readonly Order[]): Promise<unknown[]> {
  if (orders.some(({ column }) => column === "id")) return query.pluck("id");
  return query.orderBy("id", orders.at(-1)?.direction ?? "asc").pluck("id");
}

const bodies: Readonly<Record<string, (query: LawQuery, perPage: number, orders: readonly Order[]) => Promise<void>>> =
  {
    "by cursor, forward and back, are the whole list": async (query, perPage, orders) => {
      const all = await whole(query, orders);
      const forward: unknown[] = [];
      let page = await query.cursorPaginate({ perPage });
      expect(page.meta.previousCursor).toBeNull();
      for (;;) {
        forward.push(...page.data.map((row) => row["id"]));
        expect(page.meta.hasMorePages).toBe(forward.length < all.length);
        expect(page.meta.nextCursor === null).toBe(forward.length >= all.length);
        if (page.meta.nextCursor === null) break;
        page = await query.cursorPaginate({ perPage, after: page.meta.nextCursor });
      }
      expect(forward).toEqual(all);
      const backward = page.data.map((row) => row["id"]);
      while (page.meta.previousCursor !== null) {
        page = await query.cursorPaginate({ perPage, before: page.meta.previousCursor });
        expect(page.meta.nextCursor).not.toBeNull();
        backward.unshift(...page.data.map((row) => row["id"]));
      }
      expect(backward).toEqual(all);
    },
    "by number are the same pages": async (query, perPage, orders) => {
      const total = orders.some(({ column }) => column === "id")
        ? query
        : query.orderBy("id", orders.at(-1)?.direction ?? "asc");
      const all = await total.pluck("id");
      let after: string | null = null;
      for (let number = 1; number <= Math.max(1, Math.ceil(all.length / perPage)); number += 1) {
        const numbered = await total.paginate({ page: number, perPage });
        const simple = await total.simplePaginate({ page: number, perPage });
        const cursor = await query.cursorPaginate({ perPage, after });
        const expected = all.slice((number - 1) * perPage, number * perPage);
        for (const page of [numbered, simple, cursor]) expect(page.data.map((row) => row["id"])).toEqual(expected);
        expect(numbered.meta).toMatchObject({
          total: all.length,
          lastPage: Math.max(1, Math.ceil(all.length / perPage)),
        });
        expect(simple.meta.hasMorePages).toBe(number * perPage < all.length);
        after = cursor.meta.nextCursor;
      }
      expect(after).toBeNull();
    },
    "by stream and by chunk are what many gives": async (query, size, orders) => {
      const all = await query.many();
      const streamed: unknown[] = [];
      for await (const row of query.stream({ batch: size })) streamed.push(row);
      expect(streamed).toEqual(all);
      const chunks: unknown[][] = [];
      await query.chunk(size, (rows) => void chunks.push(rows.map((row) => row["id"])));
      expect(chunks.flat()).toEqual(await whole(query, orders));
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      const byId: unknown[] = [];
      await query.chunkById(size, (rows) => void byId.push(...rows.map((row) => row["id"])));
      expect(byId).toEqual(all.map((row) => row["id"]).toSorted((left, right) => Number(left) - Number(right)));
    },
    "of a limited query stay within its limit": async (query, size, orders) => {
      const all = await whole(query, orders);
      const limited = query.limit(size).offset(1);
      const expected = all.slice(1, 1 + size);
      expect(await whole(limited, orders)).toEqual(expected);
      for (const step of [1, 2, 100]) {
        const seen: unknown[] = [];
        await limited.chunk(step, (rows) => void seen.push(...rows.map((row) => row["id"])));
        expect(seen).toEqual(expected);
      }
      expect(await limited.count()).toBe(expected.length);
      expect(await limited.exists()).toBe(expected.length > 0);
    },
  };
