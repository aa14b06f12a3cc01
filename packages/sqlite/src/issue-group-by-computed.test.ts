import { col, createDatabase, createSchema, defineModel, InvalidQueryError } from "@mortise/core";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const Sale = defineModel("sales", {
  columns: { id: col.increment(), soldAt: col.datetime({ nullable: false }), amount: col.integer({ nullable: false }) },
});

async function sales() {
  const db = createDatabase(createSchema({ sales: Sale }), sqlite({ filename: ":memory:" }));
  await db.raw("create table sales (id integer primary key, sold_at text not null, amount integer not null)");
  await db.from(Sale).insertMany([
    { soldAt: new Date("2026-01-03T00:00:00Z"), amount: 1 },
    { soldAt: new Date("2026-01-09T00:00:00Z"), amount: 2 },
    { soldAt: new Date("2026-02-01T00:00:00Z"), amount: 4 },
  ]);
  return db;
}

test("rows are grouped by a computed column, with its bindings, and counted by page", async () => {
  await using db = await sales();
  const months = db
    .from(Sale)
    .selectRaw<{ month: string }>("strftime(?, sold_at) as month", ["%Y-%m"])
    .selectSum("amount", "sold")
    .groupBy("month")
    .orderBy("month");
  expect(await months.plain()).toEqual([
    { month: "2026-01", sold: 3 },
    { month: "2026-02", sold: 4 },
  ]);
  expect(await months.having("sold", ">", 3).plain()).toEqual([{ month: "2026-02", sold: 4 }]);
  expect((await months.paginate({ perPage: 1 })).meta.total).toBe(2);
});

test("rows are not grouped by an aggregate of the group", async () => {
  await using db = await sales();
  expect(() => db.from(Sale).selectCount("n").groupBy("n")).toThrow(InvalidQueryError);
});
