import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { push } from "@mortise/migrator";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { check, lawTimeout } from "../laws/check.ts";
import { untrusted } from "../untrusted.ts";
import type { Target } from "./target.ts";

/** Decimals and integers add up, sort and compare without losing a digit. */
export function exactSums(target: Target): void {
  let opened: Opened;
  const ready = async () => (opened = await open(target));

  describe("decimals and integers", () => {
    afterEach(() => opened.db.close());
    it("adds 0.1 ten thousand times to 1000", async () => {
      const { query } = await ready();
      await query.insertMany(Array.from({ length: 10_000 }, () => ({ amount: "0.1", price: 0.1 })));
      expect(await query.sum("amount")).toBe("1000.0000000000");
      expect(await query.avg("amount")).toBe("0.1000000000");
      expect(await query.sum("price")).toBe(1000);
      expect(await query.where("amount", "0.10").count()).toBe(10_000);
    });
    it("keeps 38 digits in sums, averages, extremes, groups and filters", () => ready().then(keepsDigits));
    it("adds integers beyond 2^53 exactly, and nothing to null", async () => {
      const { query } = await ready();
      expect(await query.sum("big")).toBeNull();
      expect(await query.sum("amount")).toBeNull();
      expect(await query.max("big")).toBeNull();
      await query.insertMany([{ big: 2n ** 53n }, { big: 1 }]);
      expect(await query.sum("big")).toBe(2n ** 53n + 1n);
      await query.insert({ big: -(2n ** 53n) });
      expect(await query.sum("big")).toBe(1);
      expect((await query.selectSum("big", "total").sole()).total).toBe(1);
    });
    it("steps by exact amounts", async () => {
      const { query } = await ready();
      await query.insert({ amount: "9999999999999999999999999999.0000000001", big: 2n ** 53n });
      await query.where("id", 1).increment(untrusted("amount"), "0.0000000001");
      await query.where("id", 1).increment("big", 1);
      await query.where("id", 1).decrement(untrusted("amount"), "0.0000000003");
      expect(await query.sole()).toMatchObject({
        amount: "9999999999999999999999999998.9999999999",
        big: 2n ** 53n + 1n,
      });
    });
    it(
      "agrees with integers of any size",
      async () => {
        await ready();
        await check(
          fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 12 }), (units) => agrees(opened, units)),
          25,
        );
      },
      lawTimeout,
    );
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

const scale = 10n;
const amount = fc.bigInt(-(10n ** 38n) + 1n, 10n ** 38n - 1n);

async function open(target: Target) {
  const Entry = defineModel("entries", {
    columns: {
      id: col.increment(),
      ownerId: col.integer(),
      amount: col.decimal({ precision: 38, scale: 10, mode: "string" }),
      price: col.decimal({ precision: 10, scale: 2 }),
      big: col.bigInteger(),
    },
  });
  const Owner = defineModel("owners", { columns: { id: col.increment() } });
  const owners = defineRelations(Owner, ({ hasMany }) => ({ entries: hasMany(Entry, { foreignKey: "ownerId" }) }));
  const schema = createSchema({ entries: Entry, owners: Owner }, { owners });
  const db = createDatabase(schema, await target.open());
  await push(db);
  return { db, query: db.from(schema.entries), owners: db.from(schema.owners) };
}

const high = "1234567890123456789012345678.1234567890";
const higher = "1234567890123456789012345678.1234567891";

async function keepsDigits({ query, owners }: Opened): Promise<void> {
  await owners.insert({ id: 1 });
  await query.insertMany([higher, high, "-0.0000000001", high].map((text) => ({ amount: text, ownerId: 1 })));
  expect(await query.sum("amount")).toBe("3703703670370370367037037034.3703703670");
  expect(await query.where("amount", ">", "0").avg("amount")).toBe("1234567890123456789012345678.1234567890333333");
  expect([await query.min("amount"), await query.max("amount")]).toEqual(["-0.0000000001", higher]);
  expect(await query.select("amount").distinct().orderBy("amount").pluck("amount")).toEqual([
    "-0.0000000001",
    high,
    higher,
  ]);
  expect(await query.whereIn("amount", [higher, "5"]).pluck("id")).toEqual([1]);
  expect(await query.whereBetween("amount", [high, high]).orderBy("id").pluck("id")).toEqual([2, 4]);
  expect(await query.where("amount", ">", high).pluck("id")).toEqual([1]);
  const groups = await query.select("amount").groupBy("amount").selectCount("rows").having("rows", ">", 1).many();
  expect(groups).toMatchObject([{ amount: high, rows: 2 }]);
  const [owner] = await owners
    .withSum("entries", "amount")
    .withAvg("entries", "amount")
    .withMax("entries", "amount")
    .many();
  expect(owner).toMatchObject({
    entriesAmountSum: "3703703670370370367037037034.3703703670",
    entriesAmountMax: higher,
  });
}

async function agrees({ query }: Opened, units: readonly bigint[]): Promise<void> {
  await query.truncate();
  await query.insertMany(units.map((unit) => ({ amount: decimalText(unit) })));
  const sorted = units.toSorted((left, right) => (left < right ? -1 : Number(left > right)));
  expect(await query.sum("amount")).toBe(decimalText(units.reduce((sum, unit) => sum + unit)));
  expect(await query.orderBy("amount").pluck("amount")).toEqual(sorted.map(decimalText));
  expect([await query.min("amount"), await query.max("amount")]).toEqual(
    [sorted[0], sorted.at(-1)].map((unit) => decimalText(unit!)),
  );
  const middle = sorted[sorted.length >> 1]!;
  expect(await query.where("amount", "<", decimalText(middle)).count()).toBe(
    units.filter((unit) => unit < middle).length,
  );
  expect(await query.whereIn("amount", [decimalText(middle)]).count()).toBe(
    units.filter((unit) => unit === middle).length,
  );
}

function decimalText(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(Number(scale) + 1, "0");
  const at = digits.length - Number(scale);
  return `${units < 0n ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`;
}
