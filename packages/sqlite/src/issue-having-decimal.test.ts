import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const schema = createSchema({
  items: defineModel("items", {
    columns: {
      id: col.increment(),
      kind: col.integer({ nullable: false }),
      price: col.decimal({ precision: 4, scale: 2, mode: "string", nullable: false }),
      soldOn: col.date({ nullable: false }),
    },
  }),
});

const day = (text: string) => new Date(`${text}T00:00:00Z`);

test("having compares decimals as numbers and days as days, however they are written", async () => {
  await using db = createDatabase(schema, sqlite({ filename: ":memory:" }));
  await push(db);
  await db.from(schema.items).insertMany([
    { kind: 1, price: "1.50", soldOn: day("2026-01-31") },
    { kind: 2, price: "60.00", soldOn: day("2026-02-01") },
    { kind: 2, price: "60", soldOn: day("2026-02-02") },
  ]);
  const groups = db
    .from(schema.items)
    .select("kind")
    .groupBy("kind")
    .selectSum("price", "total")
    .selectMax("soldOn", "last");
  const kinds = async (query: typeof groups) => (await query.orderBy("kind").many()).map((row) => row.kind);
  expect(await kinds(groups.having("total", "1.50"))).toEqual([1]);
  expect(await kinds(groups.having("total", "1.5"))).toEqual([1]);
  expect(await kinds(groups.having("total", "!=", "120.0"))).toEqual([1]);
  expect(await kinds(groups.having("total", ">", "9.001"))).toEqual([2]);
  expect(await kinds(groups.having("last", day("2026-01-31")))).toEqual([1]);
  expect(await kinds(groups.having("last", ">=", day("2026-02-02")))).toEqual([2]);
});
