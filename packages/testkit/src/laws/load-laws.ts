import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactText } from "../values/exact-text.ts";
import type { Target } from "../values/target.ts";
import { check, lawTimeout, sample } from "./check.ts";
import { addLoads, loadByHand, loadSpecs, type FlatRow, type FlatRows } from "./load-by-hand.ts";
import { levels, loadRows, loadSchemas, openLoadTables, type LoadTables } from "./load-world.ts";

/** So many schemas, each with so many sets of rows, each with so many loads: more than a thousand loads. */
const schemaCount = 8;
const fillCount = 16;
const loadCount = 8;

/** Relations from inside the rows, relations by statements of their own, and flat reads grouped by hand are the same. */
export function loadLaws(target: Target): void {
  describe("loading", () => {
    const schemas = sample(loadSchemas(target), schemaCount);
    let opened: Awaited<ReturnType<typeof openLoadTables>>;
    beforeAll(async () => void (opened = await openLoadTables(target, schemas)));
    afterAll(() => opened.db.close());
    it.each([...schemas.entries()])(
      "a load by every strategy equals a load by hand, schema %i",
      (at, schema) =>
        check(
          fc.asyncProperty(
            loadRows(schema),
            fc.array(loadSpecs("tops", 3), { minLength: loadCount, maxLength: loadCount }),
            async (rows, trees) => {
              const tables = tablesAt(opened.tables, at);
              await tables.refill(rows);
              const flat = await readFlat(tables);
              for (const specs of trees) {
                const expected = exactText(loadByHand(flat, "tops", flat.tops, specs));
                const query = tables.query.tops.orderBy("id", "asc", {});
                for (const strategy of opened.strategies) {
                  expect(exactText(await addLoads(query, "tops", specs, strategy).many())).toBe(expected);
                }
              }
            },
          ),
          fillCount,
        ),
      lawTimeout,
    );
  });
}

function tablesAt(tables: readonly LoadTables[], at: number): LoadTables {
  const found = tables[at];
  if (found === undefined) throw new TypeError(`There is no schema ${at}.`);
  return found;
}

async function readFlat({ query }: LoadTables): Promise<FlatRows> {
  const read: [string, readonly FlatRow[]][] = [];
  for (const level of levels) read.push([level, rowsOf(await query[level].orderBy("id", "asc", {}).many())]);
  const rows = new Map(read);
  const of = (level: string) => rows.get(level) ?? [];
  return { tops: of("tops"), mids: of("mids"), leaves: of("leaves"), links: of("links") };
}

function rowsOf(read: unknown): readonly FlatRow[] {
  return Array.isArray(read) ? read : [];
}
