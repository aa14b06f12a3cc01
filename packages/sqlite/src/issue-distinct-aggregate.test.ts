import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const price = col.decimal({ precision: 30, scale: 2, mode: "string", nullable: false });
const schema = createSchema({ items: defineModel("items", { columns: { id: col.increment(), price } }) });

async function items(...prices: readonly string[]) {
  const db = createDatabase(schema, sqlite({ filename: ":memory:" }));
  await push(db);
  await db.from(schema.items).insertMany(prices.map((one) => ({ price: one })));
  return db;
}

test("aggregates of distinct or limited decimals are exact and by number", async () => {
  await using db = await items("9304475118442651.01", "9304475118442651.01", "9.5", "-10");
  const query = db.from(schema.items);
  expect(await query.distinct().sum("price")).toBe("9304475118442650.51");
  expect(await query.distinct().min("price")).toBe("-10.00");
  expect(await query.orderBy("id").limit(3).max("price")).toBe("9304475118442651.01");
});

test("exists counts equal rows once before it leaves some out", async () => {
  await using db = await items("1", "1");
  const query = db.from(schema.items).select("price").distinct();
  expect(await query.exists()).toBe(true);
  expect(await query.offset(1).exists()).toBe(false);
  expect(await query.limit(1).offset(1).exists()).toBe(false);
});
