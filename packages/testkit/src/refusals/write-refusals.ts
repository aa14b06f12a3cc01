import {
  CheckViolationError,
  ForeignKeyViolationError,
  isConstraint,
  MultipleRecordsError,
  NotNullViolationError,
  QueryError,
  RecordNotFoundError,
  TooManyRowsError,
  UnfilteredWriteError,
  UniqueViolationError,
} from "@mortise/core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { expectRefusal } from "./refusal.ts";
import { openShop, type Shop } from "./shop.ts";

/** Filters that filter nothing. */
const vacuous: Readonly<Record<string, (shop: Shop) => unknown>> = {
  "delete without a filter": ({ orders }) => orders.delete(),
  "update without a filter": ({ customers }) => customers.update({ age: 20 }),
  "soft delete without a filter": ({ customers }) => customers.delete(),
  "increment without a filter": ({ customers }) => customers.increment("age"),
  "an empty object": ({ orders }) => orders.where({}).delete(),
  "an empty group": ({ orders }) => orders.where(() => undefined).delete(),
  "an empty list of what not to be": ({ orders }) => orders.whereNotIn("id", []).delete(),
  "the negation of an empty list": ({ orders }) => orders.whereNot((q) => q.whereIn("id", [])).delete(),
  "an alternative that is always true": ({ orders }) => orders.where("id", 1).orWhere({}).delete(),
  "a column that equals itself": ({ orders }) => orders.whereColumn("id", "id").delete(),
};

/** Writes that are refused: by us for their reach, by the database for its constraints. */
export function writeRefusals(target: Target): void {
  describe("a write", () => {
    let shop: Shop;
    beforeEach(async () => {
      shop ??= await openShop(target.open);
      await shop.orders.truncate();
      await shop.customers.truncate();
      await shop.customers.insert({ id: 1, email: "taken@example.com", region: "north", number: 7, age: 30 });
      await shop.orders.insertMany([
        { customerId: 1, total: "1" },
        { customerId: 1, total: "2" },
      ]);
      shop.sent.length = 0;
    });
    afterAll(() => shop.db.close());

    it.each(Object.keys(vacuous))("of every row is refused: %s", async (name) => {
      await expectRefusal({
        act: () => vacuous[name]?.(shop),
        type: UnfilteredWriteError,
        code: "UNFILTERED_WRITE",
        says: /^This write would touch every row of "(orders|customers)", since nothing filters it\. Add a condition, or say \.unfiltered\(\) if every row is meant\.$/,
      });
      expect(shop.sent).toEqual([]);
      expect([await shop.orders.count(), await shop.customers.count()]).toEqual([2, 1]);
    });
    it("of more rows than maxRows is taken back", () => tooManyRows(shop));
    it("that needs one row says when there is none, or more", async () => {
      const none = {
        type: RecordNotFoundError,
        code: "RECORD_NOT_FOUND",
        says: 'No row of "orders" matches this query.',
        has: { model: "orders" },
      } as const;
      const empty = shop.orders.where("total", "404");
      for (const act of [() => empty.oneOrFail(), () => empty.sole(), () => shop.orders.findOrFail(404)])
        await expectRefusal({ ...none, act });
      const more = 'More than one row of "orders" matches a query that must have exactly one.';
      await expectRefusal({
        act: () => shop.orders.sole(),
        type: MultipleRecordsError,
        code: "MULTIPLE_RECORDS",
        says: more,
      });
    });
    it("that breaks a unique key says which", () => uniqueKeys(shop));
    for (const [name, run] of Object.entries(constraints)) {
      const reason = target.exclusions?.[name];
      const title = reason === undefined ? name : `${name} (excluded: ${reason})`;
      it.skipIf(reason !== undefined)(title, () => run(shop));
    }
    it("that the database refuses otherwise shows its statement, and no value", async ({ skip }) => {
      skip(!shop.adapter.capabilities.raw, `${target.name} has no SQL`);
      await failures(shop);
    });
  });
}

async function tooManyRows({ orders }: Shop): Promise<void> {
  const says = 'The write matched 2 rows of "orders", more than the 1 of maxRows. Nothing was changed.';
  for (const act of [
    () => orders.where("id", ">", 0).maxRows(1).delete(),
    () => orders.unfiltered().maxRows(1).update({ total: "9" }),
  ]) {
    await expectRefusal({ act, type: TooManyRowsError, code: "TOO_MANY_ROWS", says, has: { model: "orders" } });
  }
  expect(await orders.orderBy("id").pluck("total")).toEqual(["1.00", "2.00"]);
  expect(await orders.where("id", ">", 0).maxRows(2).delete()).toBe(2);
}

async function uniqueKeys({ customers, schema }: Shop): Promise<void> {
  const secret = "taken@example.com";
  const taken = await expectRefusal({
    act: () => customers.insert({ email: secret }),
    type: UniqueViolationError,
    code: "UNIQUE_VIOLATION",
    says: "customers.email must be unique, and this value is already there.",
    has: { table: "customers", columns: ["email"], model: "customers", column: "email" },
  });
  expect(taken.message).not.toContain(secret);
  expect(taken.cause).toBeInstanceOf(Error);
  expect([
    isConstraint(taken, schema.customers),
    isConstraint(taken, schema.customers, "email"),
    isConstraint(taken, schema.customers, "age"),
    isConstraint(taken, schema.orders),
    isConstraint(null, schema.customers),
  ]).toEqual([true, true, false, false, false]);
  const unique = { type: UniqueViolationError, code: "UNIQUE_VIOLATION", says: /must be unique/ } as const;
  const pair = { table: "customers", columns: ["region", "number"] };
  await expectRefusal({
    ...unique,
    act: () => customers.insert({ email: "b", region: "north", number: 7 }),
    has: pair,
  });
  await expectRefusal({ ...unique, act: () => customers.insert({ id: 1, email: "c" }), has: { columns: ["id"] } });
}

const constraints: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  "that leaves out what may not be null says which": async ({ customers }) => {
    for (const values of [{ age: 20 }, { email: null }]) {
      await expectRefusal({
        act: () => customers.insert(untrusted(values)),
        type: NotNullViolationError,
        code: "NOT_NULL_VIOLATION",
        says: "customers.email may not be null.",
        has: { table: "customers", columns: ["email"] },
      });
    }
  },
  "that breaks a check says which": async ({ customers }) => {
    await expectRefusal({
      act: () => customers.where("id", 1).update({ age: 17 }),
      type: CheckViolationError,
      code: "CHECK_VIOLATION",
      says: /^A row of customers breaks the check of_age\.$/,
      has: { table: "customers", constraint: "of_age" },
    });
  },
  "that breaks a foreign key says so, from either end": async ({ customers, orders }) => {
    const foreign = {
      type: ForeignKeyViolationError,
      code: "FOREIGN_KEY_VIOLATION",
      says: /points at a row that is not there, or rows still point at this one\.$/,
    } as const;
    await expectRefusal({ ...foreign, act: () => orders.insert({ customerId: 404 }), has: { table: "orders" } });
    await expectRefusal({ ...foreign, act: () => customers.where("id", 1).forceDelete(), has: { table: "customers" } });
    expect([await customers.count(), await orders.count()]).toEqual([1, 2]);
  },
};

async function failures({ db, customers }: Shop): Promise<void> {
  const secret = "a secret value";
  const reported: unknown[] = [];
  const stop = db.on("error", (event) => void reported.push(event));
  const failed = await expectRefusal({
    act: () => customers.whereRaw("no_such_column = ?", [secret]).many(),
    type: QueryError,
    code: "QUERY_FAILED",
    says: /no_such_column.* The statement was: select .* from "?`?customers/,
  });
  expect(failed.cause).toBeInstanceOf(Error);
  await expectRefusal({
    act: () => db.raw("select * from no_such_table where a = ?", [secret]),
    type: QueryError,
    code: "QUERY_FAILED",
    says: /no_such_table.* The statement was: select \* from no_such_table where a = /,
  });
  stop();
  expect(reported).toHaveLength(2);
  expect(reported[0]).toMatchObject({ error: failed, parameters: undefined, rows: 0 });
  expect(JSON.stringify([reported, failed.message, failed.stack])).not.toContain(secret);
}
