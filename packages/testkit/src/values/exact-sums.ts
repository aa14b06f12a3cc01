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
  describe("decimals and integers", () => {
    afterEach(() => opened.db.close());
    for (const [name, run] of Object.entries(sums)) {
      const reason = target.exclusions?.[name];
      const title = reason === undefined ? name : `${name} (excluded: ${reason})`;
      it.skipIf(reason !== undefined)(
        title,
        async () => {
          opened = await open(target);
          await run(opened, target.digits ?? 38);
        },
        lawTimeout,
      );
    }
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

const scale = 10n;

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

const sums: Readonly<Record<string, (opened: Opened, digits: number) => Promise<void>>> = {
  "adds 0.1 ten thousand times to 1000": async ({ query }) => {
    await query.insertMany(Array.from({ length: 10_000 }, () => ({ amount: "0.1", price: 0.1 })));
    expect(await query.sum("amount")).toBe("1000.0000000000");
    expect(await query.avg("amount")).toBe("0.1000000000");
    expect(await query.sum("price")).toBe(1000);
    expect(await query.where("amount", "0.10").count()).toBe(10_000);
  },
  "keeps 38 digits in sums, averages, extremes, groups and filters": keepsDigits,
  "adds integers beyond 2^53 exactly, and nothing to null": async ({ query }) => {
    expect(await query.sum("big")).toBeNull();
    expect(await query.sum("amount")).toBeNull();
    expect(await query.max("big")).toBeNull();
    await query.insertMany([{ big: 2n ** 53n }, { big: 1 }]);
    expect(await query.sum("big")).toBe(2n ** 53n + 1n);
    await query.insert({ big: -(2n ** 53n) });
    expect(await query.sum("big")).toBe(1);
    expect((await query.selectSum("big", "total").sole()).total).toBe(1);
  },
  "steps by exact amounts": async ({ query }, digits) => {
    const nines = "9".repeat(digits - Number(scale) - 1);
    await query.insert({ amount: `${nines}9.0000000001`, big: 2n ** 53n });
    await query.where("id", 1).increment(untrusted("amount"), "0.0000000001");
    await query.where("id", 1).increment("big", 1);
    await query.where("id", 1).decrement(untrusted("amount"), "0.0000000003");
    expect(await query.sole()).toMatchObject({ amount: `${nines}8.9999999999`, big: 2n ** 53n + 1n });
  },
  "agrees with integers of any size": async (opened, digits) => {
    const most = 10n ** BigInt(digits) - 1n;
    const units = fc.array(fc.bigInt(-most, most), { minLength: 1, maxLength: 12 });
    await check(
      fc.asyncProperty(units, (some) => agrees(opened, some)),
      25,
    );
  },
};

/** The names of the tests, which exclusions go by. */
export const exactSumNames: readonly string[] = Object.keys(sums);

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
